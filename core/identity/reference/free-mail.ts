import { KEPT_BY_HAND, referenceList } from './list.ts'

/** Mail hosts on which anybody may have an address, internet providers included: they say nothing about a company. */
export const FREE_MAIL = referenceList(
  'free-mail',
  '2026-11-20',
  KEPT_BY_HAND,
  `
  gmail.com googlemail.com
  outlook.com outlook.de outlook.fr outlook.es outlook.it outlook.be outlook.at outlook.dk outlook.ie outlook.pt
  outlook.com.br outlook.com.au outlook.com.ar outlook.jp outlook.kr outlook.in outlook.sa outlook.cz outlook.hu
  hotmail.com hotmail.co.uk hotmail.de hotmail.fr hotmail.es hotmail.it hotmail.be hotmail.nl hotmail.se hotmail.no
  hotmail.dk hotmail.fi hotmail.ch hotmail.gr hotmail.ca hotmail.com.br hotmail.com.ar hotmail.com.mx hotmail.com.au
  hotmail.com.tr hotmail.co.jp hotmail.co.nz hotmail.co.za hotmail.cl hotmail.co.th hotmail.hu
  live.com live.co.uk live.de live.fr live.it live.nl live.be live.se live.no live.dk live.ca live.com.au live.com.mx
  live.com.ar live.com.pt live.cn live.jp live.ie live.at live.cl live.in live.co.za windowslive.com msn.com passport.com
  yahoo.com yahoo.co.uk yahoo.de yahoo.fr yahoo.es yahoo.it yahoo.be yahoo.nl yahoo.se yahoo.no yahoo.dk yahoo.ie
  yahoo.gr yahoo.pl yahoo.pt yahoo.ro yahoo.at yahoo.ca yahoo.com.br yahoo.com.ar yahoo.com.mx yahoo.com.co yahoo.com.pe
  yahoo.cl yahoo.com.ve yahoo.com.au yahoo.co.nz yahoo.co.in yahoo.in yahoo.co.id yahoo.co.jp yahoo.co.kr yahoo.com.hk
  yahoo.com.tw yahoo.com.sg yahoo.com.my yahoo.com.ph yahoo.com.vn yahoo.co.th yahoo.com.cn yahoo.cn yahoo.com.tr
  yahoo.co.za yahoo.co.il yahoo.hu ymail.com rocketmail.com myyahoo.com y7mail.com ybb.ne.jp
  aol.com aol.co.uk aol.de aol.fr aol.it aol.es aim.com verizon.net netscape.net compuserve.com
  icloud.com me.com mac.com
  protonmail.com protonmail.ch proton.me pm.me tutanota.com tutanota.de tuta.com tuta.io tutamail.com keemail.me
  fastmail.com fastmail.fm hushmail.com hush.com startmail.com posteo.de posteo.net mailbox.org disroot.org riseup.net
  hey.com zoho.com zohomail.com zohomail.eu zohomail.in mail.com email.com usa.com europe.com post.com consultant.com
  engineer.com techie.com writeme.com iname.com myself.com inbox.com inbox.lv lavabit.com runbox.com countermail.com
  gmx.com gmx.net gmx.de gmx.at gmx.ch gmx.us gmx.fr gmx.co.uk gmx.es web.de freenet.de t-online.de arcor.de
  online.de email.de mail.de vodafone.de kabelmail.de bluewin.ch hispeed.ch sunrise.ch aon.at chello.at
  orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr numericable.fr voila.fr aliceadsl.fr club-internet.fr
  libero.it virgilio.it tiscali.it alice.it tin.it fastwebnet.it inwind.it iol.it email.it tiscali.co.uk
  telefonica.net terra.es sapo.pt mail.telepac.pt
  btinternet.com btopenworld.com sky.com talktalk.net virginmedia.com virgin.net ntlworld.com blueyonder.co.uk
  plusnet.com eircom.net
  ziggo.nl kpnmail.nl planet.nl hetnet.nl home.nl xs4all.nl chello.nl skynet.be telenet.be proximus.be pandora.be
  telia.com comhem.se bredband.net online.no broadpark.no tdcadsl.dk mail.dk jubii.dk elisanet.fi kolumbus.fi
  wp.pl o2.pl onet.pl onet.eu interia.pl interia.eu poczta.fm poczta.onet.pl op.pl vp.pl tlen.pl gazeta.pl
  seznam.cz email.cz centrum.cz atlas.cz volny.cz post.cz azet.sk centrum.sk zoznam.sk pobox.sk freemail.hu citromail.hu
  indamail.hu abv.bg mail.bg dir.bg net.hr t-com.hr siol.net eunet.rs otenet.gr forthnet.gr
  yandex.ru yandex.com yandex.ua yandex.by yandex.kz ya.ru mail.ru bk.ru inbox.ru list.ru internet.ru rambler.ru lenta.ru
  ro.ru autorambler.ru myrambler.ru ukr.net i.ua meta.ua bigmir.net tut.by
  qq.com foxmail.com vip.qq.com 163.com vip.163.com 126.com yeah.net sina.com sina.cn vip.sina.com sohu.com aliyun.com
  tom.com 21cn.com 139.com 189.cn wo.cn
  naver.com hanmail.net daum.net nate.com kakao.com dreamwiz.com
  docomo.ne.jp ezweb.ne.jp softbank.ne.jp i.softbank.jp nifty.com biglobe.ne.jp ocn.ne.jp so-net.ne.jp excite.co.jp
  rediffmail.com rediff.com sify.com indiatimes.com in.com bsnl.in
  uol.com.br bol.com.br terra.com.br ig.com.br globo.com globomail.com zipmail.com.br r7.com oi.com.br
  prodigy.net.mx infinitum.com.mx arnet.com.ar fibertel.com.ar speedy.com.ar ciudad.com.ar vtr.net adinet.com.uy
  comcast.net xfinity.com att.net sbcglobal.net bellsouth.net pacbell.net ameritech.net swbell.net cox.net charter.net
  spectrum.net roadrunner.com rr.com twc.com earthlink.net mindspring.com juno.com netzero.net netzero.com centurylink.net
  centurytel.net windstream.net frontier.com frontiernet.net optonline.net optimum.net suddenlink.net embarqmail.com
  q.com mchsi.com wowway.com cableone.net excite.com lycos.com
  rogers.com shaw.ca sympatico.ca bell.net telus.net videotron.ca cogeco.ca eastlink.ca
  bigpond.com bigpond.net.au optusnet.com.au iinet.net.au tpg.com.au dodo.com.au internode.on.net xtra.co.nz
  slingshot.co.nz mweb.co.za telkomsa.net vodamail.co.za webmail.co.za
  walla.com walla.co.il 012.net.il bezeqint.net netvision.net.il mynet.com superonline.com
  hinet.net pchome.com.tw singnet.com.sg pacific.net.sg streamyx.com tm.net.my netvigator.com
  `,
)
