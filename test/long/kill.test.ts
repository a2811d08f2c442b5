import { test } from 'vitest'
import { killCampaign } from '../core/app/support/kill-campaign.ts'

test('200 kills at moments of import, publish and undo leave the project as before or complete each time', async () => {
  await killCampaign(200, 2)
}, 3_600_000)

test('100 kills of a program whose other thread publishes and undoes leave no half of anything either', async () => {
  await killCampaign(100, 7, 'thread')
}, 3_600_000)
