import type { Handlers } from '#contract/contract'
import type { Context } from '../context.ts'
import { clusterGraph, clusterPage, figuresOfAll, movesOf } from '../review/graph.ts'
import { openRoom } from '../review/open-room.ts'

export const identityClusterHandlers: Pick<
  Handlers<Context>,
  `identity.${'clusters' | 'cluster' | 'thresholds' | 'moves'}`
> = {
  'identity.clusters': async (ctx, wanted, call) => clusterPage(await openRoom(ctx, call, true), wanted),

  'identity.cluster': async (ctx, wanted, call) => clusterGraph(await openRoom(ctx, call, true), wanted),

  'identity.thresholds': async (ctx, _input, call) => figuresOfAll(await openRoom(ctx, call, true)),

  'identity.moves': async (ctx, wanted, call) => movesOf(await openRoom(ctx, call, true), wanted),
}
