import { test } from 'vitest'
import { killCampaign } from '../app/support/kill-campaign.ts'

test('a program killed at any moment of import, publish and undo leaves the project as before or complete', async () => {
  await killCampaign(10, 1)
}, 600_000)

test('so does one whose other thread publishes and undoes', async () => {
  await killCampaign(4, 5, 'thread')
}, 600_000)
