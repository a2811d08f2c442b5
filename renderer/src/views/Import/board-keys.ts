import { type KeyboardEvent, useEffect } from 'react'
import type { Platform } from '../../platform/platform.ts'
import { dropFromPlan, useImports } from '../../state/imports.ts'
import { activate, isRowOf, keyOf, pick, setOpened, useBoard } from '../../state/mapping-board.ts'
import { type BoardFile, type BoardRow, boardFiles } from '../../state/mapping-rows.ts'
import { perform } from '../notify.tsx'
import { canPick, focusDetail, giveAnswerToOthers, goToAsk, nextAsk, takeAnswerBack } from './board-acts.ts'
import { canImport, confirmImport } from './board-import.ts'

/** For the page of shortcuts. */
export const BOARD_KEYS: readonly (readonly [keys: string, does: string])[] = [
  ['↑ ↓ or J K', 'Move along files and columns'],
  ['Shift J K', 'Next and previous file'],
  ['← →', 'Fold and unfold'],
  ['Enter', 'Choose table, field or answer'],
  ['N', 'Next question'],
  ['A', 'Give the last answer to the other files that ask the same'],
  ['U', 'Take it back from them'],
  ['V', 'Values and settings of the column'],
  ['X', 'Take the file out'],
  ['mod Enter', 'Import'],
]

type Ground = Readonly<{ rows: readonly BoardRow[]; at: number; files: readonly BoardFile[]; isFixed: boolean }>

const PAGE = 12

/** Keys of the board itself, while no choice is open. */
export function onBoardKey(event: KeyboardEvent, ground: Ground): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return
  const row = ground.rows[ground.at]
  const to = movedTo(event, ground)
  if (to !== null) {
    event.preventDefault()
    activate(ground.rows[Math.max(0, Math.min(ground.rows.length - 1, to))]?.id ?? null)
  } else if (row !== undefined && act(event.key, row, ground)) {
    event.preventDefault()
  }
}

function movedTo(event: KeyboardEvent, { rows, at }: Ground): number | null {
  const { key, shiftKey } = event
  if (shiftKey) {
    if (key === 'J' || key === 'ArrowDown') return rows.findIndex(({ level }, place) => place > at && level === 1)
    if (key === 'K' || key === 'ArrowUp') return rows.findLastIndex(({ level }, place) => place < at && level === 1)
    return null
  }
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    j: at + 1,
    k: at - 1,
    PageDown: at + PAGE,
    PageUp: at - PAGE,
    Home: 0,
    End: rows.length - 1,
  }
  return moves[key] ?? null
}

/** @returns whether the key meant anything here */
function act(key: string, row: BoardRow, ground: Ground): boolean {
  if (key === 'ArrowRight' || key === 'ArrowLeft') return fold(row, ground, key === 'ArrowRight')
  if (key === ' ') return row.isOpen !== null && fold(row, ground, !row.isOpen)
  if (key === 'v') return focusDetail()
  if (ground.isFixed) return false
  if (key === 'Enter') return open(row)
  if (key === 'n') {
    goToAsk(nextAsk(ground.files, row.id))
    return true
  }
  if (key === 'a') return giveAnswerToOthers()
  if (key === 'u') return takeAnswerBack()
  return false
}

function open(row: BoardRow): boolean {
  if (canPick(row)) pick(row.id)
  else if (row.isOpen !== null) setOpened(row.id, !row.isOpen)
  else return focusDetail()
  return true
}

/** Right unfolds, then goes in; left folds, then goes out. */
function fold(row: BoardRow, { rows, at }: Ground, isIn: boolean): boolean {
  if (row.isOpen === !isIn) setOpened(row.id, isIn)
  else if (isIn) {
    if ((rows[at + 1]?.level ?? 0) > row.level) activate(rows[at + 1]?.id ?? null)
  } else {
    const outer = rows.findLast(({ level }, place) => place < at && level < row.level)
    if (outer !== undefined) activate(outer.id)
  }
  return true
}

/** Ctrl or Cmd with Enter imports from anywhere on the screen; X takes the file out; Esc leads back to the board. */
export function useBoardKeys(platform: Platform): void {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => onScreenKey(event, platform)
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [platform])
}

function onScreenKey(event: globalThis.KeyboardEvent, platform: Platform): void {
  const { phase, plan } = useImports.getState()
  if (phase !== 'planned') return
  const hasMod = event.ctrlKey || event.metaKey
  if (event.key === 'Enter' && hasMod) {
    event.preventDefault()
    const files = boardFiles(plan, useBoard.getState().entries)
    if (canImport(files, useBoard.getState().isCompared)) perform(confirmImport(platform))
    else goToAsk(nextAsk(files, null))
  } else if (event.key === 'x' && !hasMod && isIn(event.target, 'mapping-board')) {
    takeOutActive(platform)
  } else if (event.key === 'Escape' && !event.defaultPrevented && isIn(event.target, 'board-detail')) {
    document.getElementById('mapping-board')?.focus()
  }
}

function takeOutActive({ shell }: Platform): void {
  const { active } = useBoard.getState()
  const file = useImports.getState().plan.find(each => isRowOf(active, keyOf(each)))
  if (file !== undefined) perform(dropFromPlan(shell, file))
}

function isIn(target: EventTarget | null, id: string): boolean {
  return target instanceof HTMLElement && target.closest(`#${id}`) !== null
}
