import { KEPT_BY_HAND, referenceList } from './list.ts'

/**
 * Words and abbreviations for the legal form of a company, folded (no accents, no dots); blanks written as `_`. They stand
 * at the end of a name, some before it; they tell companies of one name apart only where nothing else does.
 */
export const LEGAL_FORMS = referenceList(
  'legal-forms',
  '2026-11-20',
  KEPT_BY_HAND,
  `
  inc incorporated corp corporation co company cos companies ltd limited llc l_l_c llp lllp lp plc pllc pc p_c pbc
  dba unltd unlimited cic cio clg ltd_co co_ltd company_limited public_limited_company limited_liability_company
  limited_partnership professional_corporation
  gmbh g_m_b_h mbh ggmbh gmbh_co_kg gmbh_and_co_kg gmbh_co_kgaa ag kg kgaa ohg ug ug_haftungsbeschrankt haftungsbeschrankt ev e_v eg e_g
  ek e_k se aktiengesellschaft gesellschaft_mbh gesellschaft_mit_beschrankter_haftung kommanditgesellschaft gbr eingetragener_verein stiftung gesmbh ges_m_b_h
  sa s_a sas s_a_s sasu sarl s_a_r_l eurl snc scs sca sci scop gie sprl bvba societe_anonyme asbl vzw
  srl s_r_l srls spa s_p_a sapa scarl scrl societa_per_azioni snc
  sl s_l slu s_l_u sau sociedad_anonima sociedad_limitada sc s_c sa_de_cv s_a_de_c_v s_de_rl_de_cv srl_de_cv sapi_de_cv sab_de_cv eirl spa ltda limitada
  lda unipessoal unipessoal_lda sgps s_a eireli mei epp me cia_ltda cia
  bv b_v nv n_v cv vof maatschap cooperatie_ua ua besloten_vennootschap naamloze_vennootschap
  ab aktiebolag hb kb publ a_s as asa ans aps ivs i_s k_s p_s oy oyj oy_ab ky ehf hf osauhing ou tu
  sp_z_oo sp_z_o_o spolka_z_oo sp_j sp_k spzoo spolka_akcyjna sro s_r_o spol_s_r_o vos v_o_s ks doo d_o_o dd d_d ad a_d ead eood ood kft kkt zrt nyrt bt rt
  sia uab mb ooo oao zao pao ooo ao ip tov llp too
  kk k_k kabushiki_kaisha kabushikigaisha gk godo_kaisha yk pty pty_ltd pty_limited proprietary_limited pte pte_ltd private_limited pvt pvt_ltd
  sdn_bhd sdn bhd bhd tbk pt_tbk jsc ojsc cjsc pjsc llc_fz fze fzco fz_llc fzc wll w_l_l saog saoc qsc psc dmcc
  as_ltd_sti ltd_sti anonim_sirketi limited_sirketi sti ltd_st ae epe ike
  sarl_au spa sal offshore_sal soc rf npc cc
  `,
)

/** Legal forms that are written before the name: `PT Telkom`, `OOO Yandeks`. */
export const LEADING_FORMS = referenceList(
  'leading-legal-forms',
  '2026-11-20',
  KEPT_BY_HAND,
  'pt ooo oao zao pao ao too tov uab sia ip ud ad cv fa pp firma soc societe sarl sas sci gmbh ag oy ab as sc',
)

/** Words in names of companies that say little: they weigh less than the others and may be missing. */
export const WEAK_COMPANY_WORDS = referenceList(
  'weak-company-words',
  '2026-11-20',
  KEPT_BY_HAND,
  `
  the a an of and for de la le les du des der die das und et y e i el los las da do dos das di del della van von den het
  group groupe gruppe gruppo grupo holding holdings international intl global worldwide enterprise enterprises industries
  technologies technology tech solutions services service systems software labs laboratories consulting partners associates
  ventures capital media digital studio studios network networks communications
  `,
)
