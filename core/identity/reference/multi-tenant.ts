import { KEPT_BY_HAND, referenceList } from './list.ts'

/**
 * Domains under which many companies have a tenant: neither the domain nor anything below it tells which company. A
 * domain counts with all its subdomains.
 */
export const MULTI_TENANT = referenceList(
  'multi-tenant',
  '2026-11-20',
  KEPT_BY_HAND,
  `
  onmicrosoft.com onmicrosoft.de onmicrosoft.us microsoftonline.com b2clogin.com ciamlogin.com sharepoint.com
  dynamics.com powerappsportals.com azurewebsites.net cloudapp.net windows.net
  okta.com oktapreview.com okta-emea.com okta-gov.com trexcloud.com auth0.com onelogin.com pingone.com pingidentity.com
  duosecurity.com jumpcloud.com workosusercontent.com clerk.dev clerk.app clerk.accounts.dev stytch.com frontegg.com
  cloudflareaccess.com amazoncognito.com awsapps.com signin.aws.amazon.com amazonaws.com
  slack.com zendesk.com zopim.com atlassian.net jira.com freshdesk.com freshservice.com
  freshworks.com helpscoutdocs.com intercom.help gitbook.io readme.io statuspage.io
  my.salesforce.com force.com cloudforce.com lightning.force.com salesforce-sites.com hubspotpagebuilder.com
  hs-sites.com zohocreator.com bitrix24.com notion.site
  my.workday.com myworkday.com bamboohr.com personio.de successfactors.com service-now.com
  myshopify.com bigcartel.com mybigcommerce.com squarespace.com wixsite.com weebly.com webflow.io wordpress.com
  wpengine.com blogspot.com tumblr.com github.io gitlab.io pages.dev workers.dev netlify.app vercel.app herokuapp.com
  appspot.com web.app firebaseapp.com run.app fly.dev onrender.com replit.app replit.dev ngrok.io ngrok.app ngrok-free.app
  gserviceaccount.com googleusercontent.com withgoogle.com goog
  `,
)
