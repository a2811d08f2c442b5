import type { Day, Instant } from '#lib/time'
import type { RoutedChannel } from '#schema/policy'
import type { AddressBook, Addressee } from '../address-book.ts'
import { planOf, signupSourceOf } from '../routing-columns.ts'
import { listsOf } from '../routing-files.ts'
import type { UnitRow } from '../score-files.ts'
import type { KnownRecord } from './crm-snapshot.ts'

/** Channels that hand a workspace to people or to mail, for which a CRM gets records it does not have yet. */
const CREATING: readonly RoutedChannel[] = ['sdr', 'sdr_light', 'ae_assist', 'csm', 'lifecycle_email']
/** People of one workspace that a CRM gets, at most. */
const MOST_PEOPLE = 10

/** Who takes care of a unit: as the CRM names people. */
export type HandOffOwner = Readonly<{
  id: string
  email: string | null
  name: string | null
  /** Ids of others in the imported list of CRM users with the same address: the same person under another id. */
  otherIds: readonly string[]
}>

/** A unit as a CRM gets it: it is held as long as an export goes on, so it has nothing of the ledger. */
export type HandOff = Readonly<{
  unitId: string
  name: string | null
  score: number
  stage: string
  /** Top reasons, each a sentence. */
  reasons: readonly string[]
  /** The same in one line. */
  reasonLine: string
  destination: UnitRow['route']['destination']
  channels: readonly RoutedChannel[]
  ruleId: UnitRow['route']['ruleId']
  ownerTeam: string | null
  play: UnitRow['route']['play']
  /** Its records are made where the CRM does not have them; else they are only kept up to date. */
  isCreating: boolean
  owner: HandOffOwner | null
  accountId: string | null
  people: readonly Addressee[]
  plan: string | null
  signupSource: string | null
  /** The occasion that keys go by. */
  stageSinceDay: Day
  /** The same where runs tell it: null for a stage of the first scores. */
  stageSeenDay: Day | null
  isPaid: boolean
  isOnTrial: boolean
  /** What its people are to be moved to next. */
  nextStep: string | null
}>

/** A company with the best of its units. */
export type CompanyHandOff = Readonly<{
  /** Its number among the companies of an export, from 0. */
  place: number
  accountId: string
  name: string | null
  /** Its domain as the data has it. */
  website: string | null
  /** The same in one form, where it says something of a company: CRMs know companies by it. */
  domain: string | null
  industry: string | null
  country: string | null
  employees: number | null
  known: readonly KnownRecord[]
  /** Other accounts with its name. */
  namesakes: readonly KnownRecord[]
  /** The unit with the best score. */
  best: HandOff
  units: number
  isCreating: boolean
  /** As a CRM has it that keeps one company per domain: all accounts of its domain in one; itself where it is the only one. */
  byDomain: CompanyHandOff
}>

/** A person with the best of its units. */
export type PersonHandOff = Readonly<{
  /** Its number among the persons of an export, from 0. */
  place: number
  personId: string
  name: string | null
  firstName: string | null
  lastName: string | null
  email: string | null
  /** What the data has where the address should be; null where there is one, or nothing. */
  badEmail: string | null
  title: string | null
  part: Addressee['part']
  known: readonly KnownRecord[]
  best: HandOff
  unitIds: readonly string[]
  company: CompanyHandOff | null
  isCreating: boolean
  /** As a CRM has it that keeps one person per address: all persons of its address in one; itself where it is the only one. */
  byEmail: PersonHandOff
}>

/** What hand-offs are made with. */
export type HandOffGround = Readonly<{ book: AddressBook; dayOf(instant: Instant): Day }>

/**
 * A unit as a CRM gets it; null where no CRM has any business with it: it goes to review or nowhere.
 *
 * Source: docs/methods/export.md, "What a CRM gets".
 */
export function handOffOf(row: UnitRow, { book, dayOf }: HandOffGround): HandOff | null {
  const { judged, route, reasons, stageSince, isFirstStage = false } = row
  if (route.destination === 'none' || route.destination === 'review') return null
  const channels = listsOf(route)
  const people = book.addressees(judged).slice(0, MOST_PEOPLE)
  const sentences = reasons().map(({ sentence }) => sentence)
  return {
    unitId: route.unitId,
    name: judged.unit.name,
    score: judged.score.score,
    stage: judged.score.stage,
    reasons: sentences,
    reasonLine: sentences.join('; '),
    destination: route.destination,
    channels,
    ruleId: route.ruleId,
    ownerTeam: route.ownerTeam,
    play: route.play,
    isCreating: channels.some(channel => CREATING.includes(channel)),
    owner: ownerOf(route.owner, book),
    accountId: judged.unit.accountId,
    people,
    plan: planOf(judged, book),
    signupSource: signupSourceOf({ judged, addressees: () => people }, book),
    stageSinceDay: dayOf(stageSince),
    stageSeenDay: isFirstStage ? null : dayOf(stageSince),
    isPaid: judged.unit.isPaid,
    isOnTrial: judged.unit.isOnTrial,
    nextStep: judged.findings.nextBestAction?.prompt ?? null,
  }
}

function ownerOf(owner: string | null, { people }: AddressBook): HandOffOwner | null {
  if (owner === null) return null
  const row = people.byId.get(owner)
  const email = row?.email ?? (/^[^\s@]+@[^\s@]+$/.test(owner) ? owner : null)
  const alike = email === null ? [] : people.withEmail(email)
  const otherIds = alike.length === 0 ? [] : alike.map(own => own.owner_id).filter(id => id !== owner)
  return { id: owner, email, name: row?.name ?? null, otherIds }
}
