import { KEPT_BY_HAND, referenceList } from './list.ts'

/** Names that workspaces get when nobody names them; folded, blanks as `_`. They say nothing about a company. */
export const GENERIC_WORKSPACE_NAMES = referenceList(
  'generic-workspace-names',
  '2026-11-20',
  KEPT_BY_HAND,
  `
  my_project my_workspace my_team my_company my_organization my_organisation my_org my_account my_space my_board my_app my_site
  new_project new_workspace new_team new_company new_organization new_organisation new_account new_org untitled untitled_project
  untitled_workspace project workspace team company organization organisation org account default default_workspace default_project
  default_team default_organization main main_workspace test tests testing test_workspace test_project test_team test_account
  test_org test_company demo demo_workspace demo_project demo_account demo_company trial trial_workspace sandbox playground
  personal personal_workspace personal_project private private_workspace home general example example_company sample
  sample_project sample_workspace temp temporary tmp first_project first_workspace your_company your_workspace your_team
  company_name workspace_name team_name foo bar foobar asdf abc xyz self me myself none n_a na nil
  unknown unnamed no_name individual freelance freelancer self_employed independent student hobby hobbyist personal_use private_person
  not_applicable no_company no_affiliation unaffiliated none_yet unemployed retired other misc various consultant contractor
  `,
)

/** Words that tell an environment from the one it belongs to. */
export const ENVIRONMENT_WORDS = referenceList(
  'environment-words',
  '2026-11-20',
  KEPT_BY_HAND,
  `
  prod production live dev develop development staging stage stg sandbox sbx test testing tests qa uat preprod preproduction
  nonprod demo trial poc pilot playground training integration int preview beta local
  `,
)

/** Those of them that tell the one they belong to. */
export const PROD_ENVIRONMENT_WORDS = referenceList(
  'prod-environment-words',
  '2026-11-21',
  KEPT_BY_HAND,
  'prod production live',
)

/** Words that as the type of a workspace make it an environment of another; a trial or a pilot is a stage of buying there. */
export const ENVIRONMENT_TYPE_WORDS = referenceList(
  'environment-type-words',
  '2026-11-21',
  KEPT_BY_HAND,
  `
  dev develop development staging stage stg sandbox sandboxes sbx test testing tests qa uat preprod preproduction nonprod
  nonproduction demo demos
  `,
)

/** Words for a part of a company: workspaces that differ in them are siblings. */
export const TEAM_WORDS = referenceList(
  'team-words',
  '2026-11-20',
  KEPT_BY_HAND,
  `
  team teams department dept division unit group squad tribe chapter office branch region regional hq headquarters emea apac
  amer americas latam dach nordics europe eu us usa uk de fr es it nl au ca jp asia north south east west
  marketing sales engineering product design finance hr legal operations support success it data analytics research growth
  platform mobile web security infrastructure ops people talent procurement
  `,
)
