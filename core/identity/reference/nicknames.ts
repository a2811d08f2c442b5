import { KEPT_BY_HAND, referenceList } from './list.ts'

/**
 * Given names that one person may go by, as `formal:short,short`. A short form may stand under several formal names; two
 * short forms of one formal name count as forms of each other. Folded: no accents, no blanks.
 */
export const NICKNAMES = referenceList(
  'nicknames',
  '2026-11-20',
  KEPT_BY_HAND,
  `
  aaron:ron,ronnie abigail:abby,abbie,gail abraham:abe,bram adam:ad adelaide:addie,heidi adrian:ade agnes:aggie
  alan:al albert:al,bert,bertie alberto:beto alejandro:alex,ale,jandro alejandra:alex,ale aleksander:alex,olek,sasha
  aleksandr:alex,sasha,sanya aleksandra:alex,ola,sasha alexander:alex,al,sandy,xander,lex,sasha,alec
  alexandra:alex,sandra,sandy,lexi,sasha,alexa alexis:alex,lexi alfred:al,alf,alfie,fred alice:ali,allie alison:ali,allie
  allan:al allen:al amanda:mandy,manda amelia:amy,millie,mel anastasia:stacy,nastya,ana andre:andy
  andrea:andi,andy andreas:andi,andy andrei:andy andrew:andy,drew,andi andrey:andy andrzej:jedrek angela:angie,ange
  angelina:angie,lina anita:nita ann:annie,nan anna:annie,ania,anya anne:annie,nan annette:nettie anthony:tony,ant
  antoine:tony,toine anton:toni,tony antonia:toni antonio:tony,toni,toño archibald:archie arnold:arnie arthur:art,artie
  augustus:gus,august barbara:barb,barbie,babs,basia barnaby:barney bartholomew:bart bartosz:bartek bartlomiej:bartek
  beatrice:bea,trixie beatriz:bea benedict:ben,benny benjamin:ben,benny,benji bernard:bernie bernadette:bernie
  bernhard:bernd,berni bradford:brad bradley:brad brendan:bren brian:bri bridget:biddy,bridie bryan:bry calvin:cal
  cameron:cam,cammie camille:cam,millie carl:charlie carlos:carlitos caroline:carrie,caro,carol,lina carolina:caro,lina
  cassandra:cass,cassie catherine:cathy,cat,kate,katie,kathy,cate charles:charlie,chuck,chas,chaz,chip
  charlotte:lottie,charlie,char,lotte chester:chet christian:chris christiane:chris,christa christina:chris,tina,chrissy
  christine:chris,tina,chrissy christoph:chris,stoffel christophe:chris christopher:chris,kit,topher,kris
  clarence:clare clement:clem clifford:cliff clinton:clint constance:connie cornelius:neil,corny,cor
  curtis:curt cynthia:cindy cyril:cy dagmar:dasha daniel:dan,danny,dani daniela:dani danielle:dani
  darren:daz david:dave,davey,davy,dav deborah:deb,debbie,debby debra:deb,debbie denise:denny dennis:den,denny
  derek:del desmond:des diana:di,didi dimitri:dima,mitya dmitri:dima,mitya dmitriy:dima dmitry:dima dominic:dom,nick
  dominik:dom,nik dominique:dom donald:don,donnie,donny dorothy:dot,dottie,dolly,dora douglas:doug,dougie
  duncan:dunc dwight:ike eberhard:ebbe edgar:ed,eddie edmund:ed,eddie,ned,ted edoardo:edo eduard:edi
  eduardo:edu,eddie,lalo edward:ed,eddie,ned,ted,teddy edwin:ed,eddie eileen:ellie ekaterina:katya,katia
  elaine:ellie,lainey eleanor:ellie,nell,nora,ella elena:lena,ellie elisabeth:lisa,lisbeth,beth,elli,liz
  elizabeth:liz,lizzie,beth,betty,eliza,lisa,betsy,libby,elsie,bess,liza,bettie elliott:eli,ell ellen:ellie,nell
  emanuel:manny,manu emily:em,emmie,millie emma:em,emmy enrique:quique,kike ernest:ernie erik:rik eric:rick,ricky
  esther:essie,hettie eugene:gene,zhenya eugenia:gena evan:ev evelyn:eve,evie,lyn evgeny:zhenya,eugene
  evgeniy:zhenya,eugene federico:fede,fede felicity:fliss,flick ferdinand:ferdi,ferdy fernando:nando,fer florence:flo,flora
  frances:fran,frankie,fanny,francie francesca:fran,franca,chesca francesco:franco,checco,cesco francis:frank,fran,frankie
  francisco:paco,pancho,fran,cisco,kiko francois:frank franklin:frank,frankie franz:franzl frederic:fred
  frederick:fred,freddie,freddy,rick friedrich:fritz,friedel,fred gabriel:gabe,gabi gabriela:gabi,gaby
  gabriele:gabi,lele gabrielle:gabby,gaby,ellie gareth:gaz,gary gavin:gav geoffrey:geoff,jeff georg:schorsch
  george:georgie,geo,jorge georgina:georgie,gina gerald:gerry,jerry gerard:gerry,jerry gerhard:gerd,gert
  gertrude:gertie,trudy gilbert:gil,bert giorgio:gio giovanni:gianni,gio,vanni giuseppe:beppe,peppe,pino gladys:glad
  gloria:glo gordon:gord,gordy graham:gray grace:gracie gregory:greg,gregg gregor:greg grigory:grisha
  grzegorz:grzesiek guillaume:will,guy guillermo:memo,guille gustav:gus gustavo:gus,tavo gwendolyn:gwen hannah:hanna
  hans:hansi harold:harry,hal harriet:hattie,harry harvey:harv heather:hev heinrich:heinz,heiner,henry helen:nell,nellie,lena
  helena:lena helene:lena,leni henri:riri henrietta:hettie,etta henry:harry,hank,hal,harri herbert:herb,bert,herbie
  herman:herm,manny hieronymus:ronny hilary:hil howard:howie hubert:hugh,bert hugh:hughie hugo:hugh humphrey:humph
  ignacio:nacho,iggy ignatius:iggy ilya:ilyusha immanuel:manny ingeborg:inge ingrid:inga,inge ioannis:yannis,giannis
  irene:rene,renie isaac:ike,zac isabel:izzy,bella,isa isabella:izzy,bella,isa isabelle:izzy,belle,isa isadore:izzy,dora
  israel:izzy ivan:vanya,ivo jacek:jacus jack:jackie,jacky,john jackson:jack jacob:jake,jay,coby jacqueline:jackie,jacqui
  jaime:jimmy jakob:jake,kob jakub:kuba james:jim,jimmy,jamie,jem,jimbo jan:jasiek,janek jane:janie,jenny
  janet:jan janice:jan jasmine:jas,jazz jason:jay,jase javier:javi,xavi jean:jeannie jeanette:jean,nettie
  jeffery:jeff jeffrey:jeff,jeffy jennifer:jen,jenny,jenn,jenna jeremiah:jerry,jem jeremy:jem,jerry jerome:jerry
  jessica:jess,jessie jesus:chuy joachim:jochen,achim joan:joanie joanna:jo,joan,asia joanne:jo,joan joao:joaozinho
  jochen:joachim johan:jo,hans johann:hans,jo,hannes johannes:hans,jo,hannes,joh john:johnny,jack,jon,jonny,johnnie
  johnathan:jon,jonny,johnny jonas:jon jonathan:jon,jonny,johnny,jonathon jorg:jorgi jose:pepe,joe,joey
  josef:sepp,pepi,jo joseph:joe,joey,jo,jos josefa:pepa josephine:jo,josie,josy joshua:josh juan:juanito,johnny
  judith:judy,jude,judi julia:jules,julie julian:jules,jul juliana:julie,jules,liana julie:jules juliet:jules,julie
  julius:jules jurgen:jorg justin:jus,juste karen:kaz karl:charlie karoline:karo,lina,caro karolina:karo,lina
  katarina:kata,kat,kati katarzyna:kasia kateryna:katya katharina:kathi,kati,kat,katha,trina katharine:kate,kathy,katie,kat
  katherine:kate,katie,kathy,kat,kath,kitty,katy,kit,kay kathleen:kathy,kath,kate,katie,kat kathryn:kate,kathy,katie,kat,kath
  katja:kati kelly:kel kenneth:ken,kenny,kennie kevin:kev kimberley:kim,kimmy kimberly:kim,kimmy klaus:nik
  konstantin:kostya,kosta,konst konstantinos:kostas,dinos kristian:kris,chris kristin:kris,kristy kristina:kris,tina,krissy
  kristine:kris,tina kristopher:kris,topher kurt:curt krzysztof:krzys,kris lance:lanny larissa:lara lars:lasse laura:laurie,lori
  lauren:laurie,ren laurence:larry,laurie,lars lawrence:larry,lawrie,laurie,lars leah:lee leigh:lee leo:lee leon:leo,lee
  leonard:len,lenny,leo leonardo:leo,leon leopold:leo,poldi leroy:roy leslie:les,lee lester:les lewis:lew,lou
  lilian:lily,lil lillian:lily,lil,lilly linda:lindy lindsay:lin,linz lorenzo:enzo,renzo lorraine:lori,rain louis:lou,louie
  louise:lou,lulu luca:luke lucas:luke lucia:lucy,lu lucille:lucy,lu luciano:lu,lucio lucinda:lucy,cindy ludmila:lyuda,mila
  ludovic:ludo ludwig:lutz,luis luis:lucho,lou lukas:luke lukasz:lukas,luke lydia:lyd lyudmila:lyuda,mila mackenzie:mac,kenzie
  maciej:maciek madeleine:maddie,maddy madeline:maddie,maddy madison:maddie,maddy magdalena:magda,lena,leni,maggie
  malcolm:mal,malc malgorzata:gosia manfred:manni,fred manuel:manny,manolo,manu manuela:manu,ela marcel:marc marcin:marcinek
  marco:marc,mark marcos:marc marcus:marc,mark margaret:maggie,meg,peggy,marge,margie,madge,peg,greta,megan,daisy,rita,mags
  margarita:rita,marga margarete:grete,greta,gretel,marga margit:gitta maria:mary,mia,masha,mariah,ria marian:mary,marie
  marianne:mary,anne,nanne marie:mary,mimi mariana:mari,ana marilyn:lyn,mary marina:mari mario:marius marion:mary marjorie:marge,margie
  mark:markie marlene:marly,leni martha:marty,mattie,patty martin:marty,mart martina:tina mary:molly,polly,mae,mamie,marie,may
  massimiliano:max,massimo massimo:max mateusz:mat,mati matheus:mat mathew:matt,matty mathias:matt,hias mathieu:mat,matt
  mathilda:tilly,mattie,tilda matilda:tilly,mattie,tilda matthaus:matz matthew:matt,matty,mat matthias:matt,hias,matze
  matthieu:mat,matt maureen:mo,reenie maurice:mo,moe,maury mauricio:mau,mauri max:maxi maximilian:max,maxi,maxl
  maxim:max,maks maxime:max maxwell:max megan:meg,meggie melanie:mel,mellie melinda:mel,mindy,linda melissa:mel,missy,lissa
  melvin:mel mercedes:merche,mercy michael:mike,mick,mikey,mickey,micky,mitch,mischa,michi,mikael michaela:michi,kaela,ela
  michal:mike michel:mike,mich michele:shelly,miki michelle:shelly,shell,chelle,mish miguel:mike,miki mihail:misha,mike
  mikael:mike,micke mikhail:misha,mike mildred:millie,milly miles:milo miranda:randy,mira miriam:miri,mim mitchell:mitch
  mohamed:mo,moe,mohammed,muhammad mohammad:mo,moe,mohammed,muhammad mohammed:mo,moe,muhammad,mohamed monica:moni,mona monika:moni
  montgomery:monty morgan:morg morris:mo,moe moritz:mo mortimer:mort,morty muhammad:mo,moe,mohamed myron:ron nadezhda:nadia,nadya
  nancy:nan,ann nadine:nadi natalia:nat,tasha,talia,natasha natalie:nat,nattie nathan:nat,nate nathaniel:nat,nate,nathan
  nelson:nels neville:nev nicholas:nick,nicky,nico,nicolas,klaus nicola:nicky,nico,nic nicolas:nico,nick,nicky nicole:nicky,nic,nikki,cole
  niels:nils nikita:nik nikolai:kolya,nick,niko nikolaus:klaus,niko,nick nikolay:kolya,nick,niko nikolaos:nikos,nick noel:noe
  norbert:bert,norb norman:norm normand:norm octavia:tavi oleksandr:alex,sasha,oles oliver:ollie,oli,olli,noll olivia:liv,ollie,livvy
  orlando:lando oscar:ozzie,oz oswald:oz,ozzie otto:ott pamela:pam,pammy paolo:pablo patricia:pat,patty,trish,tricia,patsy,patti
  patricio:pato patrick:pat,paddy,rick,packy patrik:pat paul:paulie,pablo paula:polly,pauli pauline:polly,paula pavel:pasha pawel:pawelek
  pedro:pete,perico penelope:penny,pen,nell percival:percy perry:per peter:pete,petey,petr philip:phil,pip philipp:phil,lipp
  philippa:pippa,pip,philly philippe:phil phillip:phil,pip phyllis:phyl piotr:piotrek,peter prudence:pru przemyslaw:przemek rachel:rach,rae,shelly
  rafael:rafa,rafi,rafe rainer:rai ralph:ralphie ramon:ray,mon randall:randy,rand randolph:randy,dolph raphael:rafa,raph,raf raymond:ray
  rebecca:becky,becca,beck,bex reginald:reg,reggie,rex reinhard:reini renate:reni rene:ren reuben:rube,ben ricardo:rick,ricky,richie,rico,cardo
  richard:rick,dick,rich,richie,ricky,rik,ritchie robert:rob,bob,bobby,robbie,bert,robby,robin,bobbie,roberto roberta:bobbie,robbie,bert
  roberto:beto,rob,berto rodney:rod,roddy rodrigo:rod,rigo roderick:rod,roddy,rick rodolfo:rudy,fito roger:rog,rodge roland:rollie,rolly
  rolf:rolli ronald:ron,ronnie,ronny rosalind:rose,roz,rosie rosemarie:rose,rosie rosemary:rose,rosie,romy rosa:rosie,rose rose:rosie
  rosanna:rose,anna roxanne:roxy,rox rudolf:rudi,rudy,rolf rudolph:rudy,dolph rupert:rupe,bert russell:russ,rusty ruth:ruthie ryan:ry
  sabine:bine sabrina:bri,brina salvador:sal,chava salvatore:sal,toto,turi samantha:sam,sammy,mantha samuel:sam,sammy sandra:sandy,sandi
  santiago:santi,tiago sara:sally,sadie sarah:sally,sadie,sal scott:scotty sean:shawn sebastian:seb,bastian,basti,seba sebastiaan:bas,bastiaan
  sebastien:seb,bastien serena:rena serge:sergei sergei:seryozha,serge sergey:seryozha,serge sergio:serge,checo seymour:sy shannon:shan
  sharon:shaz,shari shaun:sean,shawn shawn:sean,shaun sheila:shel sheldon:shel,shelly shirley:shirl sidney:sid,syd siegfried:sigi,siggi
  sigmund:sig,siggy sigrid:siri,sigi silvia:syl,silvi simon:si,sim simone:mona sofia:sofi,sophie,sonia solomon:sol,solly sophia:sophie,soph,fia
  sophie:soph stanislav:stas,slava,stan stanislaw:staszek,stan stanley:stan stefan:stef,steve stefanie:steffi,stef,steffie stefano:ste,stef
  stephan:steph,steve stephanie:steph,stephie,steffi,stef,annie stephen:steve,stevie,steph,ste steven:steve,stevie,ste stewart:stew,stu
  stuart:stu,stew susan:sue,susie,suzy,suzie,sukie,suze susanna:sue,susie,sanna,anna susanne:susi,sanne,sue suzanne:sue,suzy,zanne svetlana:sveta,lana
  sylvester:sly,syl sylvia:syl,sylvie tabitha:tabby tamara:tammy,tam,mara tanya:tan tatiana:tanya,tania,tati,tata tatyana:tanya,tania
  terence:terry,tel terrance:terry teresa:terry,tess,tessa,tere,resi thaddeus:thad,tad,ted thelma:thel theodor:theo,ted,teddy theodora:dora,thea,theo
  theodore:ted,teddy,theo theresa:terry,tess,tessa,resi,tracy therese:terry,tess thomas:tom,tommy,thom,tomas tiffany:tiff,tiffy timothy:tim,timmy,timo
  timotheus:tim,timo tobias:toby,tobi,tobe tomas:tom,tommy tomasz:tomek,tom torsten:toto trevor:trev valentin:val,tino valentina:val,tina,vale valentine:val
  valeria:lera,vale,val valerie:val,valeri vanessa:nessa,van,nessie vasily:vasya vassilios:vasilis veronica:ronnie,roni,vero,vera veronika:roni,vroni,vera
  victor:vic,vick victoria:vicky,vicki,tori,vic,vickie viktor:vic,vitya vincent:vin,vince,vinnie,vinny vincenzo:enzo,vince,cenzo violet:vi viola:vi virginia:ginny,ginger,gina
  virginie:ginny vivian:viv vivien:viv vladimir:vlad,volodya,vova,vladi vladislav:vlad,slava volodymyr:vova,vlad,volodya vyacheslav:slava wallace:wally walter:walt,wally,walti
  wanda:wandy warren:wren wendell:wen werner:wern wesley:wes wilbur:will,wil wilfred:will,fred,wilf wilhelm:willi,willy,will,helmut wilhelmina:mina,willa,minnie
  willard:will,bill william:will,bill,billy,willie,liam,bil,wills,wm,willy winfred:fred,win winifred:winnie,freddie,win winston:win wladyslaw:wladek wojciech:wojtek
  xavier:xavi,zav yekaterina:katya,katia yevgeny:zhenya,eugene yevgeniy:zhenya yolanda:yoli yuri:yura,yurik yvonne:vonnie,eve zachariah:zach,zack zachary:zach,zack,zac
  zbigniew:zbyszek zdenek:zdenda zoe:zo
  `
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, ''),
)
