<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="da">
<context>
    <name>ui</name>
    <message>
        <source> ({when})</source>
        <translation> ({when})</translation>
    </message>
    <message>
        <source> og </source>
        <translation> and </translation>
    </message>
    <message>
        <source> v{number}</source>
        <translation> v{number}</translation>
    </message>
    <message>
        <source>.</source>
        <translation>,</translation>
    </message>
    <message>
        <source>Adgang afvist</source>
        <translation>Access refused</translation>
    </message>
    <message>
        <source>Adgangsnøgle fra den, der driver gatewayen</source>
        <translation>Access key from whoever runs the gateway</translation>
    </message>
    <message>
        <source>Adresse</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>Adressen skal begynde med https:// og navnet på gatewayen.</source>
        <translation>The address must begin with https:// and the name of the gateway.</translation>
    </message>
    <message>
        <source>Adressen skal begynde med https://, så ingen kan læse med undervejs.</source>
        <translation>The address must begin with https://, so that nobody can read along on the way.</translation>
    </message>
    <message>
        <source>Advis</source>
        <translation>Notifications</translation>
    </message>
    <message>
        <source>advis annulleret</source>
        <translation>notification cancelled</translation>
    </message>
    <message>
        <source>advis rettet</source>
        <translation>notification corrected</translation>
    </message>
    <message>
        <source>Afdeling</source>
        <translation>Ward</translation>
    </message>
    <message>
        <source>afdeling ikke oplyst</source>
        <translation>ward not given</translation>
    </message>
    <message>
        <source>Afdelingen har ikke oplyst et telefonnummer.</source>
        <translation>The ward has given no telephone number.</translation>
    </message>
    <message>
        <source>Afsender</source>
        <translation>Sender</translation>
    </message>
    <message>
        <source>Afslut</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Afslut forløbet</source>
        <translation>Close the pathway</translation>
    </message>
    <message>
        <source>Afslut forløbet …</source>
        <translation>Close the pathway …</translation>
    </message>
    <message>
        <source>Afslut opfølgning</source>
        <translation>Close follow-up</translation>
    </message>
    <message>
        <source>Afslut opfølgning …</source>
        <translation>Close follow-up …</translation>
    </message>
    <message>
        <source>Afsluttet</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>Aftale</source>
        <translation>Agreement</translation>
    </message>
    <message>
        <source>Aftale om udskrivelse</source>
        <translation>Discharge agreed</translation>
    </message>
    <message>
        <source>Aftalen er erstattet af en ny plan – skal besvares igen.</source>
        <translation>The agreement is replaced by a new plan – to be answered again.</translation>
    </message>
    <message>
        <source>Aftalen har ikke den svarkategori.</source>
        <translation>The agreement does not have that reply category.</translation>
    </message>
    <message>
        <source>Aftalen har ingen svarkategorier: svaret skrives frit. Planen står i indbakken, indtil forløbet afsluttes.</source>
        <translation>The agreement has no reply categories: the answer is written freely. The plan stands in the inbox until the pathway is closed.</translation>
    </message>
    <message>
        <source>Aftalen har ingen tjekliste.</source>
        <translation>The agreement has no checklist.</translation>
    </message>
    <message>
        <source>Aftalen mellem jeres region og kommunerne afgør frister, svarkategorier og emne.</source>
        <translation>The agreement between your region and the municipalities decides deadlines, reply categories and subject.</translation>
    </message>
    <message>
        <source>Aftalen siger ikke, at et OK er en aftale om udskrivelse.</source>
        <translation>The agreement does not say that an OK is an agreement on the discharge.</translation>
    </message>
    <message>
        <source>Aftalt</source>
        <translation>Agreed</translation>
    </message>
    <message>
        <source>Aftalt: indsats, leverandør, start</source>
        <translation>Agreed: help, supplier, start</translation>
    </message>
    <message>
        <source>Afventer sygehus</source>
        <translation>Awaiting hospital</translation>
    </message>
    <message>
        <source>Aldrig</source>
        <translation>Never</translation>
    </message>
    <message>
        <source>Alle</source>
        <translation>All</translation>
    </message>
    <message>
        <source>Alle forløb</source>
        <translation>All pathways</translation>
    </message>
    <message>
        <source>Alle {count} indlagte</source>
        <translation>All {count} in hospital</translation>
    </message>
    <message>
        <source>Alt er tildelt</source>
        <translation>Everything is assigned</translation>
    </message>
    <message>
        <source>Alt medbragt</source>
        <translation>All brought</translation>
    </message>
    <message>
        <source>Annuller</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>annullering</source>
        <translation>cancellation</translation>
    </message>
    <message>
        <source>Annullér</source>
        <translation>Take back</translation>
    </message>
    <message>
        <source>Ansvarlig</source>
        <translation>Responsible</translation>
    </message>
    <message>
        <source>Behov</source>
        <translation>Needs</translation>
    </message>
    <message>
        <source>Borgerens og pårørendes egne ord om ønsker</source>
        <translation>Wishes in the words of citizen and relatives</translation>
    </message>
    <message>
        <source>Der ligger allerede en fil med navnet {file}. Skal den erstattes?</source>
        <translation>There is already a file named {file}. Replace it?</translation>
    </message>
    <message>
        <source>Erstat</source>
        <translation>Replace</translation>
    </message>
    <message>
        <source>Erstat filen</source>
        <translation>Replace the file</translation>
    </message>
    <message>
        <source>Faglig vurdering</source>
        <translation>Professional assessment</translation>
    </message>
    <message>
        <source>Forhåndsvisning</source>
        <translation>Preview</translation>
    </message>
    <message>
        <source>Forhåndsvisningen gøres klar …</source>
        <translation>The preview is being made …</translation>
    </message>
    <message>
        <source>Forløb, der kan skrives notat om</source>
        <translation>Pathways a note can be written of</translation>
    </message>
    <message>
        <source>Formål</source>
        <translation>Purpose</translation>
    </message>
    <message>
        <source>Gem som Word …</source>
        <translation>Save as Word …</translation>
    </message>
    <message>
        <source>Gemmes i mappen {name}</source>
        <translation>Will be saved in the folder {name}</translation>
    </message>
    <message>
        <source>Gemt</source>
        <translation>Saved</translation>
    </message>
    <message>
        <source>Giver filen navn</source>
        <translation>Names the file</translation>
    </message>
    <message>
        <source>Henter forløb …</source>
        <translation>Fetching pathways …</translation>
    </message>
    <message>
        <source>Hvilke forløb</source>
        <translation>Which pathways</translation>
    </message>
    <message>
        <source>Hvor langt det er</source>
        <translation>How far it has come</translation>
    </message>
    <message>
        <source>Ingen forløb at skrive om.</source>
        <translation>No pathways to write of.</translation>
    </message>
    <message>
        <source>Ingen mappe valgt</source>
        <translation>No folder chosen</translation>
    </message>
    <message>
        <source>Kopiér som tekst</source>
        <translation>Copy as text</translation>
    </message>
    <message>
        <source>Listen {name}</source>
        <translation>The list {name}</translation>
    </message>
    <message>
        <source>Mappen til notater</source>
        <translation>The folder for notes</translation>
    </message>
    <message>
        <source>Med CPR-nummer</source>
        <translation>With CPR number</translation>
    </message>
    <message>
        <source>Notatet er kopieret og kan sættes ind i omsorgssystemet.</source>
        <translation>The note is copied and can be pasted into the care record system.</translation>
    </message>
    <message>
        <source>Notatet er sendt til printeren.</source>
        <translation>The note has been sent to the printer.</translation>
    </message>
    <message>
        <source>Notatets tekst</source>
        <translation>The text of the note</translation>
    </message>
    <message>
        <source>Opfølgning: hvem, hvad, hvornår</source>
        <translation>Follow-up: who, what, when</translation>
    </message>
    <message>
        <source>Resten blev ikke skrevet, fordi du standsede.</source>
        <translation>The rest was not written, because you stopped it.</translation>
    </message>
    <message>
        <source>Sagsnummer</source>
        <translation>Case number</translation>
    </message>
    <message>
        <source>Skriv sagsnummeret i listen. Den faglige vurdering tages fra forløbets kladde.</source>
        <translation>Write the case number in the list. The professional assessment is taken from the draft of the pathway.</translation>
    </message>
    <message>
        <source>Stands</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>Symptomer</source>
        <translation>Symptoms</translation>
    </message>
    <message>
        <source>Sådan ser notatet ud: {count} side</source>
        <translation>This is the note: {count} page</translation>
    </message>
    <message>
        <source>Sådan ser notatet ud: {count} sider</source>
        <translation>This is the note: {count} pages</translation>
    </message>
    <message>
        <source>Talt, skrevet eller svaret den dag</source>
        <translation>Called, written or answered that day</translation>
    </message>
    <message>
        <source>Tjeklisten er gemt som Word.</source>
        <translation>The checklist is saved as Word.</translation>
    </message>
    <message>
        <source>Uden underskrift står der Udkast på notatet.</source>
        <translation>Without a signature the note is marked Udkast (draft).</translation>
    </message>
    <message>
        <source>Underskrives af {name}</source>
        <translation>Signed by {name}</translation>
    </message>
    <message>
        <source>Word-filer (*.docx)</source>
        <translation>Word files (*.docx)</translation>
    </message>
    <message>
        <source>Word-notat</source>
        <translation>Word note</translation>
    </message>
    <message>
        <source>Word-notater for flere forløb</source>
        <translation>Word notes for several pathways</translation>
    </message>
    <message>
        <source>Word-notater for flere forløb …</source>
        <translation>Word notes for several pathways …</translation>
    </message>
    <message>
        <source>Ansvarlig: {name}</source>
        <translation>Responsible: {name}</translation>
    </message>
    <message>
        <source>apr.</source>
        <translation>Apr</translation>
    </message>
    <message>
        <source>aug.</source>
        <translation>Aug</translation>
    </message>
    <message>
        <source>Begge versioner</source>
        <translation>Both versions</translation>
    </message>
    <message>
        <source>begrænsninger, ICF 0–4</source>
        <translation>limitations, ICF 0–4</translation>
    </message>
    <message>
        <source>Begynd</source>
        <translation>Begin</translation>
    </message>
    <message>
        <source>Behov for udvidet koordinering</source>
        <translation>Need for extended coordination</translation>
    </message>
    <message>
        <source>Bekræftet af patienten</source>
        <translation>Confirmed by the patient</translation>
    </message>
    <message>
        <source>Bekræftet af patienten: {answer}</source>
        <translation>Confirmed by the patient: {answer}</translation>
    </message>
    <message>
        <source>Besked</source>
        <translation>Message</translation>
    </message>
    <message>
        <source>beskyttet adresse</source>
        <translation>protected address</translation>
    </message>
    <message>
        <source>Beslutningsreferat modtaget</source>
        <translation>Minutes of decisions received</translation>
    </message>
    <message>
        <source>Beslutningsreferat modtaget …</source>
        <translation>Minutes of decisions received …</translation>
    </message>
    <message>
        <source>Besvaret</source>
        <translation>Answered</translation>
    </message>
    <message>
        <source>Besvaret med kommentar – ingen aftale</source>
        <translation>Answered with a comment – no agreement</translation>
    </message>
    <message>
        <source>Bilag: {name}</source>
        <translation>Attachment: {name}</translation>
    </message>
    <message>
        <source>Bliv her</source>
        <translation>Stay here</translation>
    </message>
    <message>
        <source>Borger</source>
        <translation>Citizen</translation>
    </message>
    <message>
        <source>Borger uden navn</source>
        <translation>Citizen without a name</translation>
    </message>
    <message>
        <source>Borgeren er udskrevet uden aftale.</source>
        <translation>The citizen was discharged without an agreement.</translation>
    </message>
    <message>
        <source>Borgerens navn</source>
        <translation>The citizen's name</translation>
    </message>
    <message>
        <source>Borgerne er opdigtede, og alt slettes, når vinduet lukkes.</source>
        <translation>The citizens are invented, and everything is deleted when the window is closed.</translation>
    </message>
    <message>
        <source>Brev til sygehuset</source>
        <translation>Letter to the hospital</translation>
    </message>
    <message>
        <source>Brevet er markeret som behandlet.</source>
        <translation>The letter is marked as dealt with.</translation>
    </message>
    <message>
        <source>Brevet fra sygehuset står i indbakken, indtil nogen skriver, ringer eller markerer det som behandlet.</source>
        <translation>The letter from the hospital stands in the inbox until somebody writes, calls or marks it as dealt with.</translation>
    </message>
    <message>
        <source>CPR-nummer</source>
        <translation>CPR number</translation>
    </message>
    <message>
        <source>CPR-nummer ikke oplyst</source>
        <translation>CPR number not given</translation>
    </message>
    <message>
        <source>CPR-nummer, alder og adresse</source>
        <translation>CPR number, age and address</translation>
    </message>
    <message>
        <source>CPR-nummer, alder og indlæggelse</source>
        <translation>CPR number, age and admission</translation>
    </message>
    <message>
        <source>Dag</source>
        <translation>Day</translation>
    </message>
    <message>
        <source>dag {number}</source>
        <translation>day {number}</translation>
    </message>
    <message>
        <source>Dag {number}</source>
        <translation>Day {number}</translation>
    </message>
    <message>
        <source>Dansk</source>
        <translation>Danish</translation>
    </message>
    <message>
        <source>Dato og klokkeslæt</source>
        <translation>Date and time</translation>
    </message>
    <message>
        <source>DDMMÅÅ-XXXX, også erstatnings-CPR-nummer</source>
        <translation>DDMMYY-XXXX, also a replacement CPR number</translation>
    </message>
    <message>
        <source>Databasen lægges til side og slettes ikke. Alt, der er sendt og modtaget, hentes fra gatewayen. Kladder og svar, der ikke er sendt, følger ikke med.</source>
        <translation>The database is put aside and not deleted. Everything that was sent and received is fetched from the gateway. Drafts and answers that were not sent do not come along.</translation>
    </message>
    <message>
        <source>De to versioner side om side</source>
        <translation>The two versions side by side</translation>
    </message>
    <message>
        <source>De {count} nyeste resultater</source>
        <translation>The {count} newest results</translation>
    </message>
    <message>
        <source>dec.</source>
        <translation>Dec</translation>
    </message>
    <message>
        <source>Demo</source>
        <translation>Demo</translation>
    </message>
    <message>
        <source>Den ene, der er indlagt</source>
        <translation>The one who is in hospital</translation>
    </message>
    <message>
        <source>Den oprindelige meddelelse</source>
        <translation>The original message</translation>
    </message>
    <message>
        <source>Denne arbejdsplads alene</source>
        <translation>This workstation alone</translation>
    </message>
    <message>
        <source>Denne arbejdsplads har det eneste eksemplar af jeres forløb. Går computeren i stykker, kan de kun læses fra sikkerhedskopien med denne nøgle. Den gemmes ikke andre steder, og den, der har både nøglen og kopien, kan læse alt.</source>
        <translation>This workstation has the only copy of your pathways. If the computer breaks, they can only be read from the backup with this key. It is kept nowhere else, and whoever has both the key and the backup can read everything.</translation>
    </message>
    <message>
        <source>Denne liste</source>
        <translation>This list</translation>
    </message>
    <message>
        <source>Der er endnu ingen plejeforløbsplan på forløbet.</source>
        <translation>There is no care plan in the pathway yet.</translation>
    </message>
    <message>
        <source>Der er ikke længere noget at tage stilling til her.</source>
        <translation>There is no longer anything to decide here.</translation>
    </message>
    <message>
        <source>Der er ikke noget, der kan fortrydes.</source>
        <translation>There is nothing that can be undone.</translation>
    </message>
    <message>
        <source>Der er ingen printer på denne computer. Gem tjeklisten som PDF i stedet.</source>
        <translation>There is no printer on this computer. Save the checklist as a PDF instead.</translation>
    </message>
    <message>
        <source>Der er sket noget i forløbet, mens du skriver, så svaret kan ikke sendes. Luk med Esc, og se, hvad der er nyt. Teksten er gemt som kladde.</source>
        <translation>Something has happened in the pathway while you were writing, so the answer cannot be sent. Close with Esc and see what is new. The text is kept as a draft.</translation>
    </message>
    <message>
        <source>Der kan ikke sendes</source>
        <translation>Nothing can be sent</translation>
    </message>
    <message>
        <source>Der kom nyt i forløbet, før dit svar nåede frem:</source>
        <translation>Something came into the pathway before your answer arrived:</translation>
    </message>
    <message>
        <source>Der skete en uventet fejl i programmet. Det, der er gemt og i udbakken, er bevaret. Prøv igen; sker det igen, så luk programmet, åbn det på ny, og giv besked til IT.</source>
        <translation>Something unexpected went wrong in the program. What is saved and in the outbox is kept. Try again; if it happens again, close the program, open it anew and tell IT.</translation>
    </message>
    <message>
        <source>Der søges i navne, CPR-numre, afdelinger og tekster. Esc går tilbage.</source>
        <translation>The search covers names, CPR numbers, wards and texts. Esc goes back.</translation>
    </message>
    <message>
        <source>Det, du har skrevet, er ikke gemt. Skal det kasseres?</source>
        <translation>What you have written has not been saved. Discard it?</translation>
    </message>
    <message>
        <source>Det er annulleret og ikke sendt.</source>
        <translation>It was taken back and not sent.</translation>
    </message>
    <message>
        <source>Det er bestemt af den, der driver computeren, og kan ikke ændres her.</source>
        <translation>This is decided by whoever runs the computer and cannot be changed here.</translation>
    </message>
    <message>
        <source>Det er fortrudt og ikke sendt.</source>
        <translation>It was undone and not sent.</translation>
    </message>
    <message>
        <source>Det er fortrudt og ikke sendt. Teksten er gemt som kladde.</source>
        <translation>It was undone and not sent. The text is kept as a draft.</translation>
    </message>
    <message>
        <source>Det er noteret, at der er ringet.</source>
        <translation>It is noted that somebody has called.</translation>
    </message>
    <message>
        <source>Det sendes af sig selv, når fortrydelsesfristen er gået.</source>
        <translation>It is sent by itself when the time to undo it has passed.</translation>
    </message>
    <message>
        <source>Det sendes igen og kan fortrydes i 10 sekunder.</source>
        <translation>It is sent again and can be undone for 10 seconds.</translation>
    </message>
    <message>
        <source>Dit svar er ikke sendt. Det er gemt og står under Kræver handling.</source>
        <translation>Your answer was not sent. It is kept and stands under Needs action.</translation>
    </message>
    <message>
        <source>Dit valg gælder ikke. Det står under Kræver handling.</source>
        <translation>Your choice does not count. It stands under Needs action.</translation>
    </message>
    <message>
        <source>død</source>
        <translation>dead</translation>
    </message>
    <message>
        <source>Efter {agreement}</source>
        <translation>By {agreement}</translation>
    </message>
    <message>
        <source>Efternavn</source>
        <translation>Surname</translation>
    </message>
    <message>
        <source>Emne</source>
        <translation>Subject</translation>
    </message>
    <message>
        <source>en borger uden navn</source>
        <translation>a citizen without a name</translation>
    </message>
    <message>
        <source>En kollega kom først:</source>
        <translation>A colleague was first:</translation>
    </message>
    <message>
        <source>En kollega svarede først:</source>
        <translation>A colleague answered first:</translation>
    </message>
    <message>
        <source>Engelsk</source>
        <translation>English</translation>
    </message>
    <message>
        <source>Enkelte bogstaver virker, når der ikke skrives i et felt.</source>
        <translation>Single letters work when nobody is typing in a field.</translation>
    </message>
    <message>
        <source>erstatnings-CPR</source>
        <translation>replacement CPR</translation>
    </message>
    <message>
        <source>erstatningsnummer {cpr}</source>
        <translation>replacement number {cpr}</translation>
    </message>
    <message>
        <source>erstattet – skal besvares igen</source>
        <translation>replaced – to be answered again</translation>
    </message>
    <message>
        <source>Fagligt svar</source>
        <translation>Professional answer</translation>
    </message>
    <message>
        <source>Fagligt svar: ikke givet</source>
        <translation>Professional answer: not given</translation>
    </message>
    <message>
        <source>Fagligt svar: {label}</source>
        <translation>Professional answer: {label}</translation>
    </message>
    <message>
        <source>feb.</source>
        <translation>Feb</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Find</translation>
    </message>
    <message>
        <source>fjernet: {label}: {before}</source>
        <translation>removed: {label}: {before}</translation>
    </message>
    <message>
        <source>flyttet</source>
        <translation>moved</translation>
    </message>
    <message>
        <source>for {time} siden</source>
        <translation>{time} ago</translation>
    </message>
    <message>
        <source>Forløb</source>
        <translation>Pathway</translation>
    </message>
    <message>
        <source>Forløb og korrespondance</source>
        <translation>Pathway and correspondence</translation>
    </message>
    <message>
        <source>Forløbet bortfalder</source>
        <translation>The pathway lapses</translation>
    </message>
    <message>
        <source>Forløbet bortfalder …</source>
        <translation>The pathway lapses …</translation>
    </message>
    <message>
        <source>Forløbet er afsluttet.</source>
        <translation>The pathway is closed.</translation>
    </message>
    <message>
        <source>Forløbets trin og breve</source>
        <translation>The steps and letters of the pathway</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Formål, når det er et ambulant forløb</source>
        <translation>Purpose, when it is an ambulatory course</translation>
    </message>
    <message>
        <source>Formål: {purpose}</source>
        <translation>Purpose: {purpose}</translation>
    </message>
    <message>
        <source>Fornavn</source>
        <translation>Given name</translation>
    </message>
    <message>
        <source>Forrige i listen</source>
        <translation>Previous in the list</translation>
    </message>
    <message>
        <source>Fortryd</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>Fortryd svaret, der endnu ikke er sendt</source>
        <translation>Undo the answer that has not been sent yet</translation>
    </message>
    <message>
        <source>Fortsæt</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>Fra</source>
        <translation>From</translation>
    </message>
    <message>
        <source>fre</source>
        <translation>Fri</translation>
    </message>
    <message>
        <source>fredag</source>
        <translation>Friday</translation>
    </message>
    <message>
        <source>Fremskridt</source>
        <translation>Progress</translation>
    </message>
    <message>
        <source>frist ikke oplyst</source>
        <translation>deadline not given</translation>
    </message>
    <message>
        <source>frist {when}</source>
        <translation>due {when}</translation>
    </message>
    <message>
        <source>Funktionsevne ved udskrivelse</source>
        <translation>Ability at discharge</translation>
    </message>
    <message>
        <source>Færdig</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>Færdigbeh.</source>
        <translation>Treated</translation>
    </message>
    <message>
        <source>færdigbehandlet</source>
        <translation>treatment ended</translation>
    </message>
    <message>
        <source>Følges op</source>
        <translation>To be followed up</translation>
    </message>
    <message>
        <source>før: {state} ({who})</source>
        <translation>before: {state} ({who})</translation>
    </message>
    <message>
        <source>før: {value}</source>
        <translation>before: {value}</translation>
    </message>
    <message>
        <source>Gatewayen henter sygehusenes meddelelser og afleverer jeres svar.</source>
        <translation>The gateway fetches the messages of the hospitals and hands over your answers.</translation>
    </message>
    <message>
        <source>Gem</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Gem genoprettelsesnøglen på papir</source>
        <translation>Keep the recovery key on paper</translation>
    </message>
    <message>
        <source>Gem som notat</source>
        <translation>Keep as a note</translation>
    </message>
    <message>
        <source>Gem som PDF …</source>
        <translation>Save as PDF …</translation>
    </message>
    <message>
        <source>Gem tjeklisten</source>
        <translation>Save the checklist</translation>
    </message>
    <message>
        <source>genindlagt</source>
        <translation>readmitted</translation>
    </message>
    <message>
        <source>Genoprettelsesnøgle</source>
        <translation>Recovery key</translation>
    </message>
    <message>
        <source>gælder ikke</source>
        <translation>does not count</translation>
    </message>
    <message>
        <source>Gælder ikke: et andet svar står ved magt.</source>
        <translation>Does not count: another answer stands.</translation>
    </message>
    <message>
        <source>Hele tjeklisten er krydset af i forvejen.</source>
        <translation>The whole checklist is ticked already.</translation>
    </message>
    <message>
        <source>Hent og send nu</source>
        <translation>Fetch and send now</translation>
    </message>
    <message>
        <source>Henter meddelelsen …</source>
        <translation>Fetching the message …</translation>
    </message>
    <message>
        <source>Henter og sender …</source>
        <translation>Fetching and sending …</translation>
    </message>
    <message>
        <source>Henter … {count} hændelse</source>
        <translation>Fetching … {count} entry</translation>
    </message>
    <message>
        <source>Henter … {count} hændelser</source>
        <translation>Fetching … {count} entries</translation>
    </message>
    <message>
        <source>Henter … {percent} %</source>
        <translation>Fetching … {percent} %</translation>
    </message>
    <message>
        <source>Her står aftaler om udskrivelse og planer, der er besvaret med en kommentar.</source>
        <translation>Agreements on a discharge and plans answered with a comment stand here.</translation>
    </message>
    <message>
        <source>Her står alle forløb, også de afsluttede.</source>
        <translation>All pathways stand here, closed ones too.</translation>
    </message>
    <message>
        <source>Her står alle indlæggelser, også de afsluttede.</source>
        <translation>All admissions stand here, also those that have ended.</translation>
    </message>
    <message>
        <source>Her står det, der er tildelt en kollega, og som skal besvares.</source>
        <translation>What is assigned to a colleague and is to be answered stands here.</translation>
    </message>
    <message>
        <source>Her står det, der skal besvares, og som ingen har taget.</source>
        <translation>What is to be answered and nobody has taken stands here.</translation>
    </message>
    <message>
        <source>Her står det, du eller en kollega har tildelt dig, og som skal besvares.</source>
        <translation>What you or a colleague assigned to you and is to be answered stands here.</translation>
    </message>
    <message>
        <source>Her står spørgsmål og ønsker om koordinering, som sygehuset skal svare på.</source>
        <translation>Questions and wishes for coordination that the hospital is to answer stand here.</translation>
    </message>
    <message>
        <source>Hvad blev aftalt</source>
        <translation>What was agreed</translation>
    </message>
    <message>
        <source>Hvad blev sagt og aftalt</source>
        <translation>What was said and agreed</translation>
    </message>
    <message>
        <source>Hvad er forsøgt for at undgå indlæggelsen?</source>
        <translation>What was tried to avoid the admission?</translation>
    </message>
    <message>
        <source>Hvad er sket, og hvordan er borgeren nu?</source>
        <translation>What has happened, and how is the citizen now?</translation>
    </message>
    <message>
        <source>Hvem er du?</source>
        <translation>Who are you?</translation>
    </message>
    <message>
        <source>Hvilken aftale?</source>
        <translation>Which agreement?</translation>
    </message>
    <message>
        <source>Hvilket brev fra sygehuset er beslutningsreferatet?</source>
        <translation>Which letter from the hospital is the minutes of decisions?</translation>
    </message>
    <message>
        <source>Hvor kommer meddelelserne fra?</source>
        <translation>Where do the messages come from?</translation>
    </message>
    <message>
        <source>Hvordan endte det?</source>
        <translation>How did it end?</translation>
    </message>
    <message>
        <source>Hvorfor er der ikke længere noget at svare på?</source>
        <translation>Why is there no longer anything to answer?</translation>
    </message>
    <message>
        <source>Hvorfor er der ikke noget at supplere?</source>
        <translation>Why is there nothing to supplement?</translation>
    </message>
    <message>
        <source>i dag</source>
        <translation>today</translation>
    </message>
    <message>
        <source>I tjeklisten: alt medbragt</source>
        <translation>In the checklist: all brought</translation>
    </message>
    <message>
        <source>I tjeklisten: Medbragt, Ikke relevant, Mangler</source>
        <translation>In the checklist: brought, not relevant, missing</translation>
    </message>
    <message>
        <source>I tjeklisten: notat til punktet</source>
        <translation>In the checklist: note on the part</translation>
    </message>
    <message>
        <source>Ikke et ambulant forløb</source>
        <translation>Not an ambulatory course</translation>
    </message>
    <message>
        <source>ikke i denne version</source>
        <translation>not in this version</translation>
    </message>
    <message>
        <source>Ikke leveret</source>
        <translation>Not delivered</translation>
    </message>
    <message>
        <source>Ikke længere indlagt</source>
        <translation>No longer in hospital</translation>
    </message>
    <message>
        <source>Ikke nødvendig …</source>
        <translation>Not needed …</translation>
    </message>
    <message>
        <source>Ikke nødvendig: {reason}</source>
        <translation>Not needed: {reason}</translation>
    </message>
    <message>
        <source>ikke oplyst</source>
        <translation>not given</translation>
    </message>
    <message>
        <source>ikke orienteret</source>
        <translation>not informed</translation>
    </message>
    <message>
        <source>Ikke tildelt</source>
        <translation>Unassigned</translation>
    </message>
    <message>
        <source>Indbakke</source>
        <translation>Inbox</translation>
    </message>
    <message>
        <source>Indlagt</source>
        <translation>Admitted</translation>
    </message>
    <message>
        <source>Indlagt nu</source>
        <translation>In hospital now</translation>
    </message>
    <message>
        <source>indlagt {when}</source>
        <translation>admitted {when}</translation>
    </message>
    <message>
        <source>Indlæggelsen</source>
        <translation>The admission</translation>
    </message>
    <message>
        <source>Indlæggelser</source>
        <translation>Admissions</translation>
    </message>
    <message>
        <source>Indlæggelser kommer her, når sygehuset sender et indlæggelsesadvis.</source>
        <translation>Admissions come here when the hospital sends a notification.</translation>
    </message>
    <message>
        <source>Indlæggelsesrapport</source>
        <translation>Admission report</translation>
    </message>
    <message>
        <source>Indlæggelsesrapport suppleres inden {when} · {left}</source>
        <translation>Admission report due {when} · {left}</translation>
    </message>
    <message>
        <source>Indlæggelsesrapport – frist</source>
        <translation>Admission report – due</translation>
    </message>
    <message>
        <source>Indlæggelsesrapport: frist ikke oplyst</source>
        <translation>Admission report: deadline not known</translation>
    </message>
    <message>
        <source>Indlæggelsesrapport: ingen fast frist</source>
        <translation>Admission report: no fixed deadline</translation>
    </message>
    <message>
        <source>Indlæggelsesrapport: {state}</source>
        <translation>Admission report: {state}</translation>
    </message>
    <message>
        <source>Indlæggelsesrapportens frist</source>
        <translation>Deadline of the admission report</translation>
    </message>
    <message>
        <source>Indlæggelsesrapportens frist overskredet · {late}</source>
        <translation>Admission report overdue · {late}</translation>
    </message>
    <message>
        <source>indlæggelsestidspunkt ikke oplyst</source>
        <translation>time of admission not given</translation>
    </message>
    <message>
        <source>indlægges senere</source>
        <translation>admitted later</translation>
    </message>
    <message>
        <source>Indstillinger</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>Indstillinger …</source>
        <translation>Settings …</translation>
    </message>
    <message>
        <source>Ingen</source>
        <translation>Nobody</translation>
    </message>
    <message>
        <source>Ingen aftaler endnu</source>
        <translation>No agreements yet</translation>
    </message>
    <message>
        <source>Ingen breve, opkald eller notater endnu.</source>
        <translation>No letters, calls or notes yet.</translation>
    </message>
    <message>
        <source>Ingen er indlagt</source>
        <translation>Nobody is in hospital</translation>
    </message>
    <message>
        <source>ingen fast frist</source>
        <translation>no fixed deadline</translation>
    </message>
    <message>
        <source>Ingen fast svarfrist</source>
        <translation>No fixed answer deadline</translation>
    </message>
    <message>
        <source>Ingen forbindelse</source>
        <translation>No connection</translation>
    </message>
    <message>
        <source>Ingen forløb</source>
        <translation>No pathways</translation>
    </message>
    <message>
        <source>Ingen har taget den</source>
        <translation>Nobody has taken it</translation>
    </message>
    <message>
        <source>Ingen indlæggelser</source>
        <translation>No admissions</translation>
    </message>
    <message>
        <source>Ingen kommunal medarbejder til stede</source>
        <translation>No municipal employee present</translation>
    </message>
    <message>
        <source>Ingen meddelelse er valgt</source>
        <translation>No message is chosen</translation>
    </message>
    <message>
        <source>Ingen svar ventes</source>
        <translation>No answers are awaited</translation>
    </message>
    <message>
        <source>Ingen ændringer i indholdet siden version {number}</source>
        <translation>No changes in the contents since version {number}</translation>
    </message>
    <message>
        <source>Internt notat</source>
        <translation>Internal note</translation>
    </message>
    <message>
        <source>Internt notat …</source>
        <translation>Internal note …</translation>
    </message>
    <message>
        <source>Intet at besvare</source>
        <translation>Nothing to answer</translation>
    </message>
    <message>
        <source>Intet er tildelt dig</source>
        <translation>Nothing is assigned to you</translation>
    </message>
    <message>
        <source>Intet fundet</source>
        <translation>Nothing found</translation>
    </message>
    <message>
        <source>Intet kræver handling. Her kommer svar, der ikke kunne leveres, og det, en kollega eller sygehuset kom i forkøbet. Teksten er altid gemt.</source>
        <translation>Nothing needs action. Answers that could not be delivered come here, and what a colleague or the hospital got ahead of. The text is always kept.</translation>
    </message>
    <message>
        <source>Ja …</source>
        <translation>Yes …</translation>
    </message>
    <message>
        <source>Ja, en kommunal medarbejder var til stede</source>
        <translation>Yes, a municipal employee was present</translation>
    </message>
    <message>
        <source>jan.</source>
        <translation>Jan</translation>
    </message>
    <message>
        <source>Jeg har ringet i stedet</source>
        <translation>I have called instead</translation>
    </message>
    <message>
        <source>Jeg har ringet i stedet …</source>
        <translation>I have called instead …</translation>
    </message>
    <message>
        <source>jul.</source>
        <translation>Jul</translation>
    </message>
    <message>
        <source>jun.</source>
        <translation>Jun</translation>
    </message>
    <message>
        <source>Kassér</source>
        <translation>Discard</translation>
    </message>
    <message>
        <source>Kassér …</source>
        <translation>Discard …</translation>
    </message>
    <message>
        <source>kl. {time}</source>
        <translation>at {time}</translation>
    </message>
    <message>
        <source>Kladde gemt {when}: {what}</source>
        <translation>Draft kept {when}: {what}</translation>
    </message>
    <message>
        <source>Kladde: {what}</source>
        <translation>Draft: {what}</translation>
    </message>
    <message>
        <source>Kladden gemmes løbende</source>
        <translation>The draft is kept as you type</translation>
    </message>
    <message>
        <source>Kladden om {who} slettes. Det kan ikke fortrydes.</source>
        <translation>The draft about {who} is deleted. This cannot be undone.</translation>
    </message>
    <message>
        <source>Kladder er gemt. {key} viser den igen.</source>
        <translation>Drafts are kept. {key} shows it again.</translation>
    </message>
    <message>
        <source>Klokkeslæt</source>
        <translation>Time of day</translation>
    </message>
    <message>
        <source>Klokkeslættet er aftalt:</source>
        <translation>The time of day is agreed:</translation>
    </message>
    <message>
        <source>Klokkeslættet er kendt:</source>
        <translation>The time is known:</translation>
    </message>
    <message>
        <source>Kolleger på forløbet</source>
        <translation>Colleagues on the pathway</translation>
    </message>
    <message>
        <source>Kollegerne har intet at besvare</source>
        <translation>Your colleagues have nothing to answer</translation>
    </message>
    <message>
        <source>Kollegers</source>
        <translation>Colleagues’</translation>
    </message>
    <message>
        <source>Kommunal medarbejder til stede</source>
        <translation>Municipal employee present</translation>
    </message>
    <message>
        <source>Kommunal medarbejder til stede: {who}</source>
        <translation>Municipal employee present: {who}</translation>
    </message>
    <message>
        <source>Kommunen har ikke hørt om borgeren før denne plan.</source>
        <translation>The municipality has not heard of the citizen before this plan.</translation>
    </message>
    <message>
        <source>Kommunens gateway</source>
        <translation>The gateway of the municipality</translation>
    </message>
    <message>
        <source>konference ønskes</source>
        <translation>conference wanted</translation>
    </message>
    <message>
        <source>Kopiér afdelingens telefonnummer</source>
        <translation>Copy the telephone number of the ward</translation>
    </message>
    <message>
        <source>Kopiér teksten</source>
        <translation>Copy the text</translation>
    </message>
    <message>
        <source>Korrespondance</source>
        <translation>Correspondence</translation>
    </message>
    <message>
        <source>Krypteret lokalt</source>
        <translation>Encrypted locally</translation>
    </message>
    <message>
        <source>Kræver handling</source>
        <translation>Needs action</translation>
    </message>
    <message>
        <source>kun de første {count} vises</source>
        <translation>only the first {count} are shown</translation>
    </message>
    <message>
        <source>kun i denne version</source>
        <translation>only in this version</translation>
    </message>
    <message>
        <source>Lad bortfalde</source>
        <translation>Let it lapse</translation>
    </message>
    <message>
        <source>Luk</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Luk beskeden</source>
        <translation>Close the message</translation>
    </message>
    <message>
        <source>Luk Visitator</source>
        <translation>Close Visitator</translation>
    </message>
    <message>
        <source>Lyst</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>Læg databasen til side</source>
        <translation>Put the database aside</translation>
    </message>
    <message>
        <source>Læg databasen til side …</source>
        <translation>Put the database aside …</translation>
    </message>
    <message>
        <source>Læg til side</source>
        <translation>Put aside</translation>
    </message>
    <message>
        <source>lø</source>
        <translation>Sat</translation>
    </message>
    <message>
        <source>lørdag</source>
        <translation>Saturday</translation>
    </message>
    <message>
        <source>ma</source>
        <translation>Mon</translation>
    </message>
    <message>
        <source>maj</source>
        <translation>May</translation>
    </message>
    <message>
        <source>mandag</source>
        <translation>Monday</translation>
    </message>
    <message>
        <source>mangler: {who}</source>
        <translation>missing: {who}</translation>
    </message>
    <message>
        <source>Mappe, som VANS-operatøren afleverer i (kan vente)</source>
        <translation>Folder the VANS operator delivers to (can wait)</translation>
    </message>
    <message>
        <source>mar.</source>
        <translation>Mar</translation>
    </message>
    <message>
        <source>Markér brevet som behandlet</source>
        <translation>Mark the letter as dealt with</translation>
    </message>
    <message>
        <source>Markér som behandlet</source>
        <translation>Mark as dealt with</translation>
    </message>
    <message>
        <source>Med en kommentar er svaret ikke længere en aftale om udskrivelse. Skal sygehuset svare eller ændre noget, så brug «Uddybende spørgsmål».</source>
        <translation>With a comment the answer is no longer an agreement on the discharge. If the hospital is to answer or change something, use “Uddybende spørgsmål”.</translation>
    </message>
    <message>
        <source>Medarbejderens navn og titel; tomt, hvis ingen var til stede</source>
        <translation>Name and title of the employee; empty if nobody was present</translation>
    </message>
    <message>
        <source>Medbragt alligevel</source>
        <translation>Brought after all</translation>
    </message>
    <message>
        <source>Menu for {name}</source>
        <translation>Menu of {name}</translation>
    </message>
    <message>
        <source>Mere</source>
        <translation>More</translation>
    </message>
    <message>
        <source>Mere …</source>
        <translation>More …</translation>
    </message>
    <message>
        <source>Mere: notat, konference, referat, bortfald, afslut</source>
        <translation>More: note, conference, minutes, lapse, close</translation>
    </message>
    <message>
        <source>Mig ({name})</source>
        <translation>Me ({name})</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Mine</translation>
    </message>
    <message>
        <source>modtaget {when}</source>
        <translation>received {when}</translation>
    </message>
    <message>
        <source>Mørkt</source>
        <translation>Dark</translation>
    </message>
    <message>
        <source>nattevagt</source>
        <translation>night shift</translation>
    </message>
    <message>
        <source>Navigation</source>
        <translation>Navigation</translation>
    </message>
    <message>
        <source>Navn</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Navn (skal udfyldes)</source>
        <translation>Name (required)</translation>
    </message>
    <message>
        <source>Navn ikke oplyst</source>
        <translation>Name not given</translation>
    </message>
    <message>
        <source>navn ikke oplyst</source>
        <translation>name not given</translation>
    </message>
    <message>
        <source>Navn, titel og telefon står under de svar, du sender til sygehuset.</source>
        <translation>Name, title and telephone stand under the answers you send to the hospital.</translation>
    </message>
    <message>
        <source>Nej</source>
        <translation>No</translation>
    </message>
    <message>
        <source>Nej, ingen kommunal medarbejder var til stede</source>
        <translation>No, no municipal employee was present</translation>
    </message>
    <message>
        <source>Notat</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Notat …</source>
        <translation>Note …</translation>
    </message>
    <message>
        <source>Notat, fx hvor det ligger, eller hvem der kommer med det</source>
        <translation>Note, such as where it is or who will bring it</translation>
    </message>
    <message>
        <source>Notat. Det bliver i kommunen og sendes ikke til sygehuset</source>
        <translation>Note. It stays in the municipality and is not sent to the hospital</translation>
    </message>
    <message>
        <source>nov.</source>
        <translation>Nov</translation>
    </message>
    <message>
        <source>Nu: ingen</source>
        <translation>Now: nobody</translation>
    </message>
    <message>
        <source>Nu: {name}</source>
        <translation>Now: {name}</translation>
    </message>
    <message>
        <source>ny version</source>
        <translation>new version</translation>
    </message>
    <message>
        <source>nyt</source>
        <translation>new</translation>
    </message>
    <message>
        <source>Nyt brev</source>
        <translation>New letter</translation>
    </message>
    <message>
        <source>nyt brev</source>
        <translation>new letter</translation>
    </message>
    <message>
        <source>Nyt fra sygehuset</source>
        <translation>News from the hospital</translation>
    </message>
    <message>
        <source>Genoptræning – opstart senest</source>
        <translation>Rehabilitation – start no later than</translation>
    </message>
    <message>
        <source>Nyt svar</source>
        <translation>New answer</translation>
    </message>
    <message>
        <source>nyt: {label}: {after}</source>
        <translation>new: {label}: {after}</translation>
    </message>
    <message>
        <source>Når borgeren er indlagt, og advis ikke er kommet. Kommer advis senere, finder det selv hertil.</source>
        <translation>When the citizen is in hospital and no notification has come. If it comes later, it finds its way here.</translation>
    </message>
    <message>
        <source>Næste</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>Næste frist: {when}</source>
        <translation>Next deadline: {when}</translation>
    </message>
    <message>
        <source>Næste frist: {when} ({left})</source>
        <translation>Next deadline: {when} ({left})</translation>
    </message>
    <message>
        <source>Næste i listen</source>
        <translation>Next in the list</translation>
    </message>
    <message>
        <source>Nøglen er skrevet ned eller udskrevet og gemt et sikkert sted</source>
        <translation>The key has been written down or printed and put in a safe place</translation>
    </message>
    <message>
        <source>og {count} til</source>
        <translation>and {count} more</translation>
    </message>
    <message>
        <source>Også afsluttede</source>
        <translation>Also ended</translation>
    </message>
    <message>
        <source>OK med kommentar …</source>
        <translation>OK with a comment …</translation>
    </message>
    <message>
        <source>OK uden kommentar gælder som aftale om udskrivelse {when}.</source>
        <translation>OK without a comment counts as an agreement on the discharge {when}.</translation>
    </message>
    <message>
        <source>OK uden kommentar gælder som aftale om udskrivelse.</source>
        <translation>OK without a comment counts as an agreement on the discharge.</translation>
    </message>
    <message>
        <source>okt.</source>
        <translation>Oct</translation>
    </message>
    <message>
        <source>on</source>
        <translation>Wed</translation>
    </message>
    <message>
        <source>onsdag</source>
        <translation>Wednesday</translation>
    </message>
    <message>
        <source>Opfølgning</source>
        <translation>Follow-up</translation>
    </message>
    <message>
        <source>Ophold</source>
        <translation>Stay</translation>
    </message>
    <message>
        <source>Opret</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Opret en indlæggelse</source>
        <translation>Enter an admission</translation>
    </message>
    <message>
        <source>Opret indlæggelse</source>
        <translation>Enter admission</translation>
    </message>
    <message>
        <source>Opret indlæggelse …</source>
        <translation>Enter admission …</translation>
    </message>
    <message>
        <source>Opret …</source>
        <translation>Enter …</translation>
    </message>
    <message>
        <source>orienteret</source>
        <translation>informed</translation>
    </message>
    <message>
        <source>Orlov</source>
        <translation>Leave</translation>
    </message>
    <message>
        <source>Overvej at ringe.</source>
        <translation>Consider calling.</translation>
    </message>
    <message>
        <source>Overvej at ringe: {telephone}.</source>
        <translation>Consider calling: {telephone}.</translation>
    </message>
    <message>
        <source>PDF-filer (*.pdf)</source>
        <translation>PDF files (*.pdf)</translation>
    </message>
    <message>
        <source>plan v{number} fra {when}</source>
        <translation>plan v{number} of {when}</translation>
    </message>
    <message>
        <source>Planen er lige kommet frem. Skal der svares Plejeforløbsplan OK?

{about}</source>
        <translation>The plan has only just come up. Answer Plejeforløbsplan OK?

{about}</translation>
    </message>
    <message>
        <source>Planens indhold</source>
        <translation>The contents of the plan</translation>
    </message>
    <message>
        <source>Planlægningskonference aftalt</source>
        <translation>Planning conference agreed</translation>
    </message>
    <message>
        <source>Planlægningskonference aftalt …</source>
        <translation>Planning conference agreed …</translation>
    </message>
    <message>
        <source>Plejeforløbsplan</source>
        <translation>Care plan</translation>
    </message>
    <message>
        <source>Plejeforløbsplan OK</source>
        <translation>Plejeforløbsplan OK</translation>
    </message>
    <message>
        <source>Plejeforløbsplan v{number}</source>
        <translation>Care plan v{number}</translation>
    </message>
    <message>
        <source>Plejeforløbsplan v{number} · auto-kvitteret {when}</source>
        <translation>Care plan v{number} · receipted {when}</translation>
    </message>
    <message>
        <source>Plejeforløbsplan v{number} · modtaget {when}</source>
        <translation>Care plan v{number} · received {when}</translation>
    </message>
    <message>
        <source>Plejeforløbsplaner og svar fra sygehusene kommer her, når de er hentet.</source>
        <translation>Care plans and answers from the hospitals come here when they have been fetched.</translation>
    </message>
    <message>
        <source>Printeren tog ikke imod tjeklisten. Prøv igen, eller gem den som PDF.</source>
        <translation>The printer did not take the checklist. Try again, or save it as a PDF.</translation>
    </message>
    <message>
        <source>Programmet er for gammelt</source>
        <translation>The program is too old</translation>
    </message>
    <message>
        <source>Prøv alle igen</source>
        <translation>Try all again</translation>
    </message>
    <message>
        <source>Prøv igen</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>Prøv med opdigtede borgere</source>
        <translation>Try with invented citizens</translation>
    </message>
    <message>
        <source>På orlov</source>
        <translation>On leave</translation>
    </message>
    <message>
        <source>på orlov</source>
        <translation>on leave</translation>
    </message>
    <message>
        <source>på orlov fra {when}</source>
        <translation>on leave from {when}</translation>
    </message>
    <message>
        <source>På orlov …</source>
        <translation>On leave …</translation>
    </message>
    <message>
        <source>Pårørende</source>
        <translation>Relatives</translation>
    </message>
    <message>
        <source>rapport ikke leveret</source>
        <translation>report not delivered</translation>
    </message>
    <message>
        <source>Rapporten er ikke nødvendig</source>
        <translation>The report is not needed</translation>
    </message>
    <message>
        <source>Rapporten skrives af visitationen.</source>
        <translation>The report is written by the needs assessment unit.</translation>
    </message>
    <message>
        <source>Rapportens tekst er kopieret og kan sættes ind i omsorgssystemet.</source>
        <translation>The text of the report is copied and can be pasted into the care record system.</translation>
    </message>
    <message>
        <source>Ret</source>
        <translation>Edit</translation>
    </message>
    <message>
        <source>Ret notat …</source>
        <translation>Change note …</translation>
    </message>
    <message>
        <source>Ret underskriften</source>
        <translation>Edit the signature</translation>
    </message>
    <message>
        <source>Ret …</source>
        <translation>Change …</translation>
    </message>
    <message>
        <source>Ret, hvem der var til stede</source>
        <translation>Change who was present</translation>
    </message>
    <message>
        <source>rettelse</source>
        <translation>correction</translation>
    </message>
    <message>
        <source>sen plan</source>
        <translation>late plan</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Send</translation>
    </message>
    <message>
        <source>Send det, der er ved at blive skrevet</source>
        <translation>Send what is being written</translation>
    </message>
    <message>
        <source>Send igen</source>
        <translation>Send again</translation>
    </message>
    <message>
        <source>Send nu og luk</source>
        <translation>Send now and close</translation>
    </message>
    <message>
        <source>Send suppleret rapport</source>
        <translation>Send supplemented report</translation>
    </message>
    <message>
        <source>Send svaret igen</source>
        <translation>Send the answer again</translation>
    </message>
    <message>
        <source>Sendes til {ward} som korrespondancemeddelelse med emnet «{subject}» og kan fortrydes i 10 sekunder.</source>
        <translation>Is sent to {ward} as a correspondence message with the subject «{subject}» and can be undone for 10 seconds.</translation>
    </message>
    <message>
        <source>Sendt fra omsorgssystemet</source>
        <translation>Sent from the care record system</translation>
    </message>
    <message>
        <source>sep.</source>
        <translation>Sep</translation>
    </message>
    <message>
        <source>side {number} af {total}</source>
        <translation>page {number} of {total}</translation>
    </message>
    <message>
        <source>siden {when}</source>
        <translation>since {when}</translation>
    </message>
    <message>
        <source>Skal besvares</source>
        <translation>To be answered</translation>
    </message>
    <message>
        <source>Skal besvares – uden fast frist</source>
        <translation>To be answered – no fixed deadline</translation>
    </message>
    <message>
        <source>Skal forløbet for {who} afsluttes? Det forlader indbakken og står under Alle forløb. Sygehuset får ikke besked.</source>
        <translation>Close the pathway of {who}? It leaves the inbox and stands under All pathways. The hospital is not told.</translation>
    </message>
    <message>
        <source>Skal sygehuset svare eller ændre noget, så brug «Uddybende spørgsmål».</source>
        <translation>If the hospital is to answer or change something, use “Uddybende spørgsmål”.</translation>
    </message>
    <message>
        <source>skal udfyldes</source>
        <translation>must be filled in</translation>
    </message>
    <message>
        <source>Skift til Uddybende spørgsmål</source>
        <translation>Switch to Uddybende spørgsmål</translation>
    </message>
    <message>
        <source>Skjul områder uden bemærkninger</source>
        <translation>Hide areas without remarks</translation>
    </message>
    <message>
        <source>Skjul skærmen</source>
        <translation>Hide the screen</translation>
    </message>
    <message>
        <source>Skjul skærmen efter så mange minutter uden brug</source>
        <translation>Hide the screen after so many minutes without use</translation>
    </message>
    <message>
        <source>Skjul {title}</source>
        <translation>Hide {title}</translation>
    </message>
    <message>
        <source>Skriv adgangsnøglen. Den fås af den, der driver gatewayen.</source>
        <translation>Write the access key. Whoever runs the gateway hands it out.</translation>
    </message>
    <message>
        <source>Skriv borgerens navn …</source>
        <translation>Write the citizen's name …</translation>
    </message>
    <message>
        <source>Skriv dit navn: det står under svarene.</source>
        <translation>Write your name: it stands under the answers.</translation>
    </message>
    <message>
        <source>Skriv en supplering mere …</source>
        <translation>Write another supplement …</translation>
    </message>
    <message>
        <source>Skriv for at finde en kollega</source>
        <translation>Type to find a colleague</translation>
    </message>
    <message>
        <source>Skriv indlæggelsesrapporten</source>
        <translation>Write the admission report</translation>
    </message>
    <message>
        <source>Skriv til sygehuset</source>
        <translation>Write to the hospital</translation>
    </message>
    <message>
        <source>Skriv til sygehuset …</source>
        <translation>Write to the hospital …</translation>
    </message>
    <message>
        <source>Skriv, hvad der skal suppleres.</source>
        <translation>Write what is to be supplemented.</translation>
    </message>
    <message>
        <source>Skriv, hvem der underskriver.</source>
        <translation>Write who signs.</translation>
    </message>
    <message>
        <source>Skærmen er skjult</source>
        <translation>The screen is hidden</translation>
    </message>
    <message>
        <source>Slet</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>Slet kladden</source>
        <translation>Delete the draft</translation>
    </message>
    <message>
        <source>Slet …</source>
        <translation>Delete …</translation>
    </message>
    <message>
        <source>Som computeren</source>
        <translation>As the computer</translation>
    </message>
    <message>
        <source>Som den er udfyldt nu: {who}</source>
        <translation>As it is filled in now: {who}</translation>
    </message>
    <message>
        <source>Som den kom fra sygehuset. Den kan ikke ændres.</source>
        <translation>As it came from the hospital. It cannot be changed.</translation>
    </message>
    <message>
        <source>Sprog</source>
        <translation>Language</translation>
    </message>
    <message>
        <source>Spørg om</source>
        <translation>Ask about</translation>
    </message>
    <message>
        <source>Spørger gatewayen …</source>
        <translation>Asking the gateway …</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>status ikke oplyst</source>
        <translation>status not given</translation>
    </message>
    <message>
        <source>Stille: ingen meddelelser uden for vinduet</source>
        <translation>Quiet: no notifications outside the window</translation>
    </message>
    <message>
        <source>suppler inden {when}</source>
        <translation>report due {when}</translation>
    </message>
    <message>
        <source>Supplerende oplysninger</source>
        <translation>Supplementary information</translation>
    </message>
    <message>
        <source>svar ikke leveret</source>
        <translation>answer not delivered</translation>
    </message>
    <message>
        <source>Svar OK</source>
        <translation>Answer OK</translation>
    </message>
    <message>
        <source>Svar på plejeforløbsplanen</source>
        <translation>Answer to the care plan</translation>
    </message>
    <message>
        <source>Svar senest {when}</source>
        <translation>Answer by {when}</translation>
    </message>
    <message>
        <source>Svaret er ikke leveret</source>
        <translation>The answer was not delivered</translation>
    </message>
    <message>
        <source>Svaret nåede ikke sygehuset</source>
        <translation>The answer did not reach the hospital</translation>
    </message>
    <message>
        <source>Svaret sendes som korrespondancemeddelelse med emnet «{subject}» og kan fortrydes i 10 sekunder.</source>
        <translation>The answer is sent as a correspondence message with the subject “{subject}” and can be undone for 10 seconds.</translation>
    </message>
    <message>
        <source>Svaret «{label}» er ikke leveret.</source>
        <translation>The answer “{label}” was not delivered.</translation>
    </message>
    <message>
        <source>Svarfrist ikke oplyst</source>
        <translation>Answer deadline not given</translation>
    </message>
    <message>
        <source>Svarfrist overskredet</source>
        <translation>Answer overdue</translation>
    </message>
    <message>
        <source>Svarfrist overskredet · {late}</source>
        <translation>Answer overdue · {late}</translation>
    </message>
    <message>
        <source>Sygehus, afdeling</source>
        <translation>Hospital, ward</translation>
    </message>
    <message>
        <source>Sygehuset har svaret på spørgsmålet</source>
        <translation>The hospital has answered the question</translation>
    </message>
    <message>
        <source>Sygehuset svarer senest {due} – det er ikke før den planlagte udskrivelse {discharge}.</source>
        <translation>The hospital answers by {due} – that is not before the planned discharge {discharge}.</translation>
    </message>
    <message>
        <source>Synkroniseret</source>
        <translation>Synchronised</translation>
    </message>
    <message>
        <source>Synkroniseret {when}</source>
        <translation>Synchronised {when}</translation>
    </message>
    <message>
        <source>Synkronisering er sat på pause</source>
        <translation>Synchronisation is paused</translation>
    </message>
    <message>
        <source>Sådan bruges den: Installér Visitator på den nye computer, kør kommandoen «visitator recover --from» med den nyeste sikkerhedskopi, og skriv nøglen.</source>
        <translation>How it is used: install Visitator on the new computer, run the command «visitator recover --from» with the newest backup, and type the key.</translation>
    </message>
    <message>
        <source>sø</source>
        <translation>Sun</translation>
    </message>
    <message>
        <source>Søg</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>Søg borger, CPR, afdeling eller tekst</source>
        <translation>Search citizen, CPR, ward or text</translation>
    </message>
    <message>
        <source>Søg borger, CPR, afdeling, tekst …</source>
        <translation>Search citizen, CPR, ward, text …</translation>
    </message>
    <message>
        <source>Søgeresultater</source>
        <translation>Search results</translation>
    </message>
    <message>
        <source>søndag</source>
        <translation>Sunday</translation>
    </message>
    <message>
        <source>Tab går fra link til link, og Enter vælger.</source>
        <translation>Tab goes from link to link, and Enter chooses.</translation>
    </message>
    <message>
        <source>Tag tilbage og ret</source>
        <translation>Take back and edit</translation>
    </message>
    <message>
        <source>Talt med</source>
        <translation>Talked to</translation>
    </message>
    <message>
        <source>Taster</source>
        <translation>Keys</translation>
    </message>
    <message>
        <source>Teknisk kvittering</source>
        <translation>Technical receipt</translation>
    </message>
    <message>
        <source>Teksten kan ikke hentes igen. Det noteres i forløbet.</source>
        <translation>The text cannot be got back. This is noted in the pathway.</translation>
    </message>
    <message>
        <source>Telefon</source>
        <translation>Telephone</translation>
    </message>
    <message>
        <source>Telefonnotat</source>
        <translation>Telephone note</translation>
    </message>
    <message>
        <source>Telefonnotat: {whom}</source>
        <translation>Telephone note: {whom}</translation>
    </message>
    <message>
        <source>ti</source>
        <translation>Tue</translation>
    </message>
    <message>
        <source>Tidspunkt</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>Til stede ved indlæggelsen</source>
        <translation>Present at the admission</translation>
    </message>
    <message>
        <source>Til {ward}</source>
        <translation>To {ward}</translation>
    </message>
    <message>
        <source>Tilbage</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Tilbage fra orlov</source>
        <translation>Back from leave</translation>
    </message>
    <message>
        <source>tilbage fra orlov {when}</source>
        <translation>back from leave {when}</translation>
    </message>
    <message>
        <source>Tilbage fra orlov …</source>
        <translation>Back from leave …</translation>
    </message>
    <message>
        <source>Tilbage til listen, hvor du var</source>
        <translation>Back to the list, where you were</translation>
    </message>
    <message>
        <source>Tildel</source>
        <translation>Assign</translation>
    </message>
    <message>
        <source>Tildel …</source>
        <translation>Assign …</translation>
    </message>
    <message>
        <source>Tildelt {name}</source>
        <translation>Assigned to {name}</translation>
    </message>
    <message>
        <source>tirsdag</source>
        <translation>Tuesday</translation>
    </message>
    <message>
        <source>Titel</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>Tjekliste</source>
        <translation>Checklist</translation>
    </message>
    <message>
        <source>Tjekliste ved indlæggelsen</source>
        <translation>Checklist at admission</translation>
    </message>
    <message>
        <source>tjekliste {done}/{total}</source>
        <translation>checklist {done}/{total}</translation>
    </message>
    <message>
        <source>Tjeklisten er gemt som PDF.</source>
        <translation>The checklist is saved as a PDF.</translation>
    </message>
    <message>
        <source>tlf. {number}</source>
        <translation>tel. {number}</translation>
    </message>
    <message>
        <source>to</source>
        <translation>Thu</translation>
    </message>
    <message>
        <source>Tom, med navn: {who}</source>
        <translation>Empty, with the name: {who}</translation>
    </message>
    <message>
        <source>Tom, uden navn</source>
        <translation>Empty, without a name</translation>
    </message>
    <message>
        <source>Topbjælke</source>
        <translation>Top bar</translation>
    </message>
    <message>
        <source>torsdag</source>
        <translation>Thursday</translation>
    </message>
    <message>
        <source>Trin {step} af 3 · {name}</source>
        <translation>Step {step} of 3 · {name}</translation>
    </message>
    <message>
        <source>Udbakke</source>
        <translation>Outbox</translation>
    </message>
    <message>
        <source>Udbakken er tom. Her står svar og notater, indtil gatewayen har dem for godt.</source>
        <translation>The outbox is empty. Answers and notes stand here until the gateway has them for good.</translation>
    </message>
    <message>
        <source>Uddybende spørgsmål</source>
        <translation>Uddybende spørgsmål</translation>
    </message>
    <message>
        <source>uden advis</source>
        <translation>no notification</translation>
    </message>
    <message>
        <source>uden bemærkninger</source>
        <translation>without remarks</translation>
    </message>
    <message>
        <source>Uden bemærkninger.</source>
        <translation>Without remarks.</translation>
    </message>
    <message>
        <source>uden forløbs-ID</source>
        <translation>no episode ID</translation>
    </message>
    <message>
        <source>Uden plejeforløbsplan</source>
        <translation>Without a care plan</translation>
    </message>
    <message>
        <source>Udseende</source>
        <translation>Appearance</translation>
    </message>
    <message>
        <source>udskrevet uden aftale</source>
        <translation>discharged without agreement</translation>
    </message>
    <message>
        <source>udskrevet {when}</source>
        <translation>discharged {when}</translation>
    </message>
    <message>
        <source>Udskriv tjekliste</source>
        <translation>Print checklist</translation>
    </message>
    <message>
        <source>Udskriv tjekliste …</source>
        <translation>Print checklist …</translation>
    </message>
    <message>
        <source>Udskriv tjeklisten</source>
        <translation>Print the checklist</translation>
    </message>
    <message>
        <source>Udskriv …</source>
        <translation>Print …</translation>
    </message>
    <message>
        <source>udskrives {when}</source>
        <translation>discharge {when}</translation>
    </message>
    <message>
        <source>ventet udskrevet {when}</source>
        <translation>discharge was due {when}</translation>
    </message>
    <message>
        <source>udskrives {when} (weekend)</source>
        <translation>discharge {when} (weekend)</translation>
    </message>
    <message>
        <source>Udvidet koordinering</source>
        <translation>Extended coordination</translation>
    </message>
    <message>
        <source>ukendt borger</source>
        <translation>unknown citizen</translation>
    </message>
    <message>
        <source>Underskrift</source>
        <translation>Signature</translation>
    </message>
    <message>
        <source>Underskrift: {who}</source>
        <translation>Signature: {who}</translation>
    </message>
    <message>
        <source>Uret på denne computer går {time} forkert</source>
        <translation>The clock of this computer is {time} wrong</translation>
    </message>
    <message>
        <source>Var en kommunal medarbejder til stede?</source>
        <translation>Was a municipal employee present?</translation>
    </message>
    <message>
        <source>Velkommen til Visitator</source>
        <translation>Welcome to Visitator</translation>
    </message>
    <message>
        <source>venter på at blive sendt</source>
        <translation>waiting to be sent</translation>
    </message>
    <message>
        <source>Version {number} · modtaget {when}</source>
        <translation>Version {number} · received {when}</translation>
    </message>
    <message>
        <source>Versionen til højre</source>
        <translation>The version at the right</translation>
    </message>
    <message>
        <source>Versionen til venstre</source>
        <translation>The version at the left</translation>
    </message>
    <message>
        <source>Vis alle ændringer</source>
        <translation>Show all changes</translation>
    </message>
    <message>
        <source>Vis begge versioner</source>
        <translation>Show both versions</translation>
    </message>
    <message>
        <source>Vis den igen næste gang</source>
        <translation>Show it again next time</translation>
    </message>
    <message>
        <source>Vis den oprindelige meddelelse</source>
        <translation>Show the original message</translation>
    </message>
    <message>
        <source>Vis eller skjul forløbet</source>
        <translation>Show or hide the pathway</translation>
    </message>
    <message>
        <source>Vis forløbet</source>
        <translation>Show the pathway</translation>
    </message>
    <message>
        <source>Vis færre</source>
        <translation>Show fewer</translation>
    </message>
    <message>
        <source>Vis igen</source>
        <translation>Show again</translation>
    </message>
    <message>
        <source>Vis original</source>
        <translation>Show original</translation>
    </message>
    <message>
        <source>Vis skærmen igen</source>
        <translation>Show the screen again</translation>
    </message>
    <message>
        <source>Vis {count} område uden bemærkninger</source>
        <translation>Show {count} area without remarks</translation>
    </message>
    <message>
        <source>Vis {count} områder uden bemærkninger</source>
        <translation>Show {count} areas without remarks</translation>
    </message>
    <message>
        <source>Vis {title} ({count})</source>
        <translation>Show {title} ({count})</translation>
    </message>
    <message>
        <source>Vis, hvad der stod før</source>
        <translation>Show what stood before</translation>
    </message>
    <message>
        <source>Visitationen</source>
        <translation>Needs assessment unit</translation>
    </message>
    <message>
        <source>Visitator</source>
        <translation>Visitator</translation>
    </message>
    <message>
        <source>visitator</source>
        <translation>visitator</translation>
    </message>
    <message>
        <source>Visitator kunne ikke åbne</source>
        <translation>Visitator could not open</translation>
    </message>
    <message>
        <source>Visitator – demo</source>
        <translation>Visitator – demo</translation>
    </message>
    <message>
        <source>Visitator: genoprettelsesnøgle</source>
        <translation>Visitator: recovery key</translation>
    </message>
    <message>
        <source>Vist i indbakken</source>
        <translation>Shown in the inbox</translation>
    </message>
    <message>
        <source>Vælg en i listen, så står planen, forløbet og svaret her. Pil op og ned skifter.</source>
        <translation>Choose one in the list, and the plan, the pathway and the answer stand here. Arrow up and down go to another.</translation>
    </message>
    <message>
        <source>Vælg en indlæggelse i listen for at se tjekliste og rapport.</source>
        <translation>Choose an admission in the list to see its checklist and report.</translation>
    </message>
    <message>
        <source>Vælg mappe …</source>
        <translation>Choose a folder …</translation>
    </message>
    <message>
        <source>{chosen} af {rows} valgt</source>
        <translation>{chosen} of {rows} chosen</translation>
    </message>
    <message>
        <source>{count} blev ikke gemt: grunden står i listen.</source>
        <translation>{count} not saved: the list says why.</translation>
    </message>
    <message>
        <source>{count} i udbakken</source>
        <translation>{count} in the outbox</translation>
    </message>
    <message>
        <source>{count} i øvrige felter</source>
        <translation>{count} in other fields</translation>
    </message>
    <message>
        <source>{count} mangler sagsnummer</source>
        <translation>{count} without a case number</translation>
    </message>
    <message>
        <source>{count} notat er gemt.</source>
        <translation>{count} note is saved.</translation>
    </message>
    <message>
        <source>{count} notater er gemt.</source>
        <translation>{count} notes are saved.</translation>
    </message>
    <message>
        <source>{count} mangler</source>
        <translation>{count} missing</translation>
    </message>
    <message>
        <source>{count} ny plan er kommet i indbakken.</source>
        <translation>{count} new plan has come to the inbox.</translation>
    </message>
    <message>
        <source>{count} nye planer er kommet i indbakken.</source>
        <translation>{count} new plans have come to the inbox.</translation>
    </message>
    <message>
        <source>{count} indlæggelsesrapport har frist kl. {time}.</source>
        <translation>{count} admission report is due at {time}.</translation>
    </message>
    <message>
        <source>{count} indlæggelsesrapporter har frist kl. {time}.</source>
        <translation>{count} admission reports are due at {time}.</translation>
    </message>
    <message>
        <source>{count} plan skal besvares i dag; den første senest kl. {time}.</source>
        <translation>{count} plan is to be answered today; the first by {time}.</translation>
    </message>
    <message>
        <source>{count} planer skal besvares i dag; den første senest kl. {time}.</source>
        <translation>{count} plans are to be answered today; the first by {time}.</translation>
    </message>
    <message>
        <source>{count} punkter er markeret som medbragt.</source>
        <translation>{count} parts are marked as brought.</translation>
    </message>
    <message>
        <source>{count} resultat</source>
        <translation>{count} result</translation>
    </message>
    <message>
        <source>{count} resultater</source>
        <translation>{count} results</translation>
    </message>
    <message>
        <source>{count} svar kan endnu fortrydes. Når Visitator lukkes, sendes de nu.</source>
        <translation>{count} answers can still be undone. When Visitator is closed, they are sent now.</translation>
    </message>
    <message>
        <source>{count} svar kan endnu fortrydes. Når Visitator lukkes, sendes det nu.</source>
        <translation>{count} answer can still be undone. When Visitator is closed, it is sent now.</translation>
    </message>
    <message>
        <source>{count} ting er ikke sendt endnu. De er gemt krypteret på denne computer og sendes, næste gang Visitator åbnes her.</source>
        <translation>{count} things have not been sent yet. They are kept encrypted on this computer and are sent the next time Visitator is opened here.</translation>
    </message>
    <message>
        <source>{count} ting er ikke sendt endnu. Den er gemt krypteret på denne computer og sendes, næste gang Visitator åbnes her.</source>
        <translation>{count} thing has not been sent yet. It is kept encrypted on this computer and is sent the next time Visitator is opened here.</translation>
    </message>
    <message>
        <source>{count} år</source>
        <translation>{count} years</translation>
    </message>
    <message>
        <source>{count} ændrede</source>
        <translation>{count} changed</translation>
    </message>
    <message>
        <source>{count} ændret</source>
        <translation>{count} changed</translation>
    </message>
    <message>
        <source>{count} ændring siden version {number}</source>
        <translation>{count} change since version {number}</translation>
    </message>
    <message>
        <source>{count} ændringer siden version {number}</source>
        <translation>{count} changes since version {number}</translation>
    </message>
    <message>
        <source>{days} d</source>
        <translation>{days} d</translation>
    </message>
    <message>
        <source>{days} d {hours} t</source>
        <translation>{days} d {hours} h</translation>
    </message>
    <message>
        <source>{day} kl. {time}</source>
        <translation>{day} at {time}</translation>
    </message>
    <message>
        <source>{done} af {total}</source>
        <translation>{done} of {total}</translation>
    </message>
    <message>
        <source>{file} er gemt i mappen {folder}.</source>
        <translation>{file} is saved in the folder {folder}.</translation>
    </message>
    <message>
        <source>{done} af {total} er krydset af</source>
        <translation>{done} of {total} are ticked</translation>
    </message>
    <message>
        <source>{fields} mangler: en kommunal medarbejder var til stede.</source>
        <translation>{fields} missing: a municipal employee was present.</translation>
    </message>
    <message>
        <source>{hours} t</source>
        <translation>{hours} h</translation>
    </message>
    <message>
        <source>{hours} t {minutes} min</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{label}, tilføjet: {added}</source>
        <translation>{label}, added: {added}</translation>
    </message>
    <message>
        <source>{label}: {before} → {after}</source>
        <translation>{label}: {before} → {after}</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} min</translation>
    </message>
    <message>
        <source>{name} er ved at svare (siden {since})</source>
        <translation>{name} is writing an answer (since {since})</translation>
    </message>
    <message>
        <source>{name} ser også på forløbet (siden {since})</source>
        <translation>{name} is looking at the pathway, too (since {since})</translation>
    </message>
    <message>
        <source>{number} er kopieret.</source>
        <translation>{number} has been copied.</translation>
    </message>
    <message>
        <source>{number} tegn</source>
        <translation>{number} characters</translation>
    </message>
    <message>
        <source>{reason}, forventet {when}</source>
        <translation>{reason}, expected {when}</translation>
    </message>
    <message>
        <source>{region}-aftalen</source>
        <translation>The {region} agreement</translation>
    </message>
    <message>
        <source>{text} siden {when}</source>
        <translation>{text} since {when}</translation>
    </message>
    <message>
        <source>{text} {count} kan fortrydes, det seneste først.</source>
        <translation>{text} {count} can be undone, the latest first.</translation>
    </message>
    <message>
        <source>{text} – svar gemmes og sendes, når den er tilbage</source>
        <translation>{text} – answers are kept and sent when it is back</translation>
    </message>
    <message>
        <source>{text}, {count} forløb</source>
        <translation>{text}, pathways: {count}</translation>
    </message>
    <message>
        <source>{time} over</source>
        <translation>{time} over</translation>
    </message>
    <message>
        <source>{ward}: {count} borger</source>
        <translation>{ward}: {count} citizen</translation>
    </message>
    <message>
        <source>{ward}: {count} borgere</source>
        <translation>{ward}: {count} citizens</translation>
    </message>
    <message>
        <source>{what} ({status}) {when}</source>
        <translation>{what} ({status}) {when}</translation>
    </message>
    <message>
        <source>{what} eftersendt</source>
        <translation>{what} sent on</translation>
    </message>
    <message>
        <source>{who} (nu)</source>
        <translation>{who} (now)</translation>
    </message>
    <message>
        <source>{why} Her står notatets tekst.</source>
        <translation>{why} Here is the text of the note.</translation>
    </message>
    <message>
        <source>{words}, link</source>
        <translation>{words}, link</translation>
    </message>
    <message>
        <source>«{what}» om {name} kasseres og sendes ikke.</source>
        <translation>“{what}” about {name} is discarded and not sent.</translation>
    </message>
    <message>
        <source>«{what}» om {name} sendes om {seconds} s.</source>
        <translation>“{what}” about {name} is sent in {seconds} s.</translation>
    </message>
    <message>
        <source>Åbn forløbet for {name}</source>
        <translation>Open the pathway of {name}</translation>
    </message>
    <message>
        <source>Åbner …</source>
        <translation>Opening …</translation>
    </message>
    <message>
        <source>Årsag</source>
        <translation>Cause</translation>
    </message>
    <message>
        <source>ændret</source>
        <translation>changed</translation>
    </message>
    <message>
        <source>Ét ark til flere borgere, en linje til hver</source>
        <translation>One sheet for several citizens, a line for each</translation>
    </message>
    <message>
        <source>Ét ark til én borger</source>
        <translation>One sheet for one citizen</translation>
    </message>
    <message>
        <source>Ønske om udvidet koordinering</source>
        <translation>Ønske om udvidet koordinering</translation>
    </message>
    <message>
        <source>Ønsket form</source>
        <translation>Wanted form</translation>
    </message>
    <message>
        <source>✓ medbragt   – ikke relevant   M mangler</source>
        <translation>✓ brought   – not relevant   M missing</translation>
    </message>
    <message>
        <source>Alle niveauer</source>
        <translation>All levels</translation>
    </message>
    <message>
        <source>Alle trin</source>
        <translation>All steps</translation>
    </message>
    <message>
        <source>Bekræft</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <source>CPR-nummer og alder</source>
        <translation>CPR number and age</translation>
    </message>
    <message>
        <source>Dato</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>Datoerne passer med planen.</source>
        <translation>The dates fit the plan.</translation>
    </message>
    <message>
        <source>Fjern datoen</source>
        <translation>Remove the date</translation>
    </message>
    <message>
        <source>Gem som regneark …</source>
        <translation>Save as spreadsheet …</translation>
    </message>
    <message>
        <source>Genoptræning</source>
        <translation>Rehabilitation</translation>
    </message>
    <message>
        <source>Genoptræningsforløbet</source>
        <translation>The rehabilitation course</translation>
    </message>
    <message>
        <source>Word-notat …</source>
        <translation>Word note …</translation>
    </message>
    <message>
        <source>Trinene tages under Genoptræning.</source>
        <translation>The steps are taken under Rehabilitation.</translation>
    </message>
    <message>
        <source>Teksten sendes ikke herfra. Den gemmes i forløbet, kan kopieres med ét tryk og står i Word-notatet, som kan udskrives.</source>
        <translation>The text is not sent from here. It is kept in the pathway, can be copied at one press and is in the Word note, which can be printed.</translation>
    </message>
    <message>
        <source>Start senest …</source>
        <translation>Start no later than …</translation>
    </message>
    <message>
        <source>Start fra …</source>
        <translation>Start from …</translation>
    </message>
    <message>
        <source>Seneste opstart {when}</source>
        <translation>Latest start {when}</translation>
    </message>
    <message>
        <source>Ikke sendt herfra. Står i Word-notatet.</source>
        <translation>Not sent from here. It is in the Word note.</translation>
    </message>
    <message>
        <source>Gå til genoptræningen</source>
        <translation>Go to the rehabilitation</translation>
    </message>
    <message>
        <source>Genoptræningsplanen står i indbakken, indtil nogen tager det første trin, skriver, ringer eller markerer brevet som behandlet.</source>
        <translation>The rehabilitation plan stays in the inbox until somebody takes the first step, writes, telephones or marks the letter as seen to.</translation>
    </message>
    <message>
        <source>Frist</source>
        <translation>Deadline</translation>
    </message>
    <message>
        <source>Angiv …</source>
        <translation>Enter …</translation>
    </message>
    <message>
        <source>Genoptræningsplan</source>
        <translation>Rehabilitation plan</translation>
    </message>
    <message>
        <source>Her står alle planer, også de afsluttede.</source>
        <translation>All plans stand here, the ended ones too.</translation>
    </message>
    <message>
        <source>Hvilken indlæggelse kommer planen fra?</source>
        <translation>Which admission does the plan come from?</translation>
    </message>
    <message>
        <source>Hvor det står, eller hvem der har oplyst det</source>
        <translation>Where it stands, or who said so</translation>
    </message>
    <message>
        <source>Indlæggelse og sygehus</source>
        <translation>Admission and hospital</translation>
    </message>
    <message>
        <source>Indlæggelsen er ikke her endnu.</source>
        <translation>The admission is not here yet.</translation>
    </message>
    <message>
        <source>Ingen af dem</source>
        <translation>None of them</translation>
    </message>
    <message>
        <source>Ingen genoptræningsplaner</source>
        <translation>No rehabilitation plans</translation>
    </message>
    <message>
        <source>Ingen genoptræningsplaner i gang</source>
        <translation>No rehabilitation plans under way</translation>
    </message>
    <message>
        <source>Knyt til indlæggelse</source>
        <translation>Link to an admission</translation>
    </message>
    <message>
        <source>Knyt til indlæggelse …</source>
        <translation>Link to an admission …</translation>
    </message>
    <message>
        <source>Læst «{words}»: {label} {when}?</source>
        <translation>Read “{words}”: {label} {when}?</translation>
    </message>
    <message>
        <source>{label} {when}?</source>
        <translation>{label} {when}?</translation>
    </message>
    <message>
        <source>Læst i planen: «{words}»</source>
        <translation>Read in the plan: “{words}”</translation>
    </message>
    <message>
        <source>Notat (kan være tomt)</source>
        <translation>Note (may be empty)</translation>
    </message>
    <message>
        <source>Planen er ikke knyttet til en indlæggelse.</source>
        <translation>The plan is linked to no admission.</translation>
    </message>
    <message>
        <source>Planens egen tidsfrist:</source>
        <translation>The plan's own deadline:</translation>
    </message>
    <message>
        <source>Planer kommer her, når sygehuset sender dem. Ret evt. valget af niveau og trin.</source>
        <translation>Plans come here when the hospital sends them. You may have to change the choice of level and step.</translation>
    </message>
    <message>
        <source>Regneark (*.xlsx)</source>
        <translation>Spreadsheet (*.xlsx)</translation>
    </message>
    <message>
        <source>Regnet fra {when} i kalenderdage.</source>
        <translation>Counted from {when} in calendar days.</translation>
    </message>
    <message>
        <source>Seneste opstart</source>
        <translation>Latest start</translation>
    </message>
    <message>
        <source>Seneste opstart er ikke kendt</source>
        <translation>The latest start is not known</translation>
    </message>
    <message>
        <source>Seneste opstart overskredet</source>
        <translation>Latest start passed</translation>
    </message>
    <message>
        <source>Seneste opstart var {when} · {left}</source>
        <translation>The latest start was {when} · {left}</translation>
    </message>
    <message>
        <source>Seneste opstart {when} · {left}</source>
        <translation>Latest start {when} · {left}</translation>
    </message>
    <message>
        <source>Spørg sygehuset om planen</source>
        <translation>Ask the hospital about the plan</translation>
    </message>
    <message>
        <source>Spørg sygehuset …</source>
        <translation>Ask the hospital …</translation>
    </message>
    <message>
        <source>Startet</source>
        <translation>Started</translation>
    </message>
    <message>
        <source>Startet {when}</source>
        <translation>Started {when}</translation>
    </message>
    <message>
        <source>Sygehuset er spurgt og svarer senest {when}.</source>
        <translation>The hospital was asked and answers {when} at the latest.</translation>
    </message>
    <message>
        <source>Sygehuset er spurgt og skulle have svaret senest {when}.</source>
        <translation>The hospital was asked and should have answered {when} at the latest.</translation>
    </message>
    <message>
        <source>Sygehuset starter senest {when}</source>
        <translation>The hospital starts {when} at the latest</translation>
    </message>
    <message>
        <source>Sygehusets type: {word}</source>
        <translation>The hospital's type: {word}</translation>
    </message>
    <message>
        <source>Teksten er kopieret.</source>
        <translation>The text is copied.</translation>
    </message>
    <message>
        <source>Trin</source>
        <translation>Steps</translation>
    </message>
    <message>
        <source>Udskrivelse {when} · {source}</source>
        <translation>Discharge {when} · {source}</translation>
    </message>
    <message>
        <source>Udskrivelsesdatoen mangler i planen.</source>
        <translation>The discharge date is missing in the plan.</translation>
    </message>
    <message>
        <source>Varetages af sygehus eller region</source>
        <translation>Carried out by hospital or region</translation>
    </message>
    <message>
        <source>Venter på os</source>
        <translation>Waiting for us</translation>
    </message>
    <message>
        <source>Venter på sygehusets udskrivelsesdato</source>
        <translation>Waiting for the hospital's discharge date</translation>
    </message>
    <message>
        <source>Vælg en genoptræningsplan i listen.</source>
        <translation>Choose a rehabilitation plan in the list.</translation>
    </message>
    <message>
        <source>afventer svar fra sygehuset</source>
        <translation>awaits the hospital's answer</translation>
    </message>
    <message>
        <source>befordring mangler</source>
        <translation>transport missing</translation>
    </message>
    <message>
        <source>fortrudt</source>
        <translation>taken back</translation>
    </message>
    <message>
        <source>forventet udskrivelse</source>
        <translation>expected discharge</translation>
    </message>
    <message>
        <source>frist ikke kendt</source>
        <translation>deadline not known</translation>
    </message>
    <message>
        <source>ikke knyttet til indlæggelse</source>
        <translation>linked to no admission</translation>
    </message>
    <message>
        <source>modtaget</source>
        <translation>received</translation>
    </message>
    <message>
        <source>modtaget som korrespondance</source>
        <translation>received as correspondence</translation>
    </message>
    <message>
        <source>opstart {when}</source>
        <translation>starts {when}</translation>
    </message>
    <message>
        <source>egen tidsfrist</source>
        <translation>own deadline</translation>
    </message>
    <message>
        <source>planen kom efter fristen</source>
        <translation>the plan came after the deadline</translation>
    </message>
    <message>
        <source>regionens opgave</source>
        <translation>the region's task</translation>
    </message>
    <message>
        <source>spørgsmål ikke leveret</source>
        <translation>question not delivered</translation>
    </message>
    <message>
        <source>stadig indlagt</source>
        <translation>still in hospital</translation>
    </message>
    <message>
        <source>startet efter fristen</source>
        <translation>started after the deadline</translation>
    </message>
    <message>
        <source>startet {when}</source>
        <translation>started {when}</translation>
    </message>
    <message>
        <source>sygehuset træner</source>
        <translation>the hospital trains</translation>
    </message>
    <message>
        <source>udsat</source>
        <translation>postponed</translation>
    </message>
    <message>
        <source>udskrivelsesdato mangler</source>
        <translation>discharge date missing</translation>
    </message>
    <message>
        <source>ukendt type</source>
        <translation>unknown type</translation>
    </message>
    <message>
        <source>{count} planer er gemt som regneark.</source>
        <translation>{count} plans are saved as a spreadsheet.</translation>
    </message>
    <message>
        <source>{label} …</source>
        <translation>{label} …</translation>
    </message>
    <message>
        <source>Registrér …</source>
        <translation>Record …</translation>
    </message>
    <message>
        <source>Datoen er kendt:</source>
        <translation>The date is known:</translation>
    </message>
    <message>
        <source>om {count} dag</source>
        <translation>in {count} day</translation>
    </message>
    <message>
        <source>om {count} dage</source>
        <translation>in {count} days</translation>
    </message>
    <message>
        <source>{count} dag over</source>
        <translation>{count} day late</translation>
    </message>
    <message>
        <source>{count} dage over</source>
        <translation>{count} days late</translation>
    </message>
</context>
<context>
    <name>terms</name>
    <message>
        <source>Adresse</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>Advis</source>
        <translation>Adv.</translation>
    </message>
    <message>
        <source>Gemt som fil</source>
        <translation>Saved as a file</translation>
    </message>
    <message>
        <source>Indlæggelse og medbragt</source>
        <translation>Admission and belongings</translation>
    </message>
    <message>
        <source>Konferencereferat</source>
        <translation>Conference minutes</translation>
    </message>
    <message>
        <source>Kopieret som tekst</source>
        <translation>Copied as text</translation>
    </message>
    <message>
        <source>Tjekliste taget ud</source>
        <translation>Checklist taken out</translation>
    </message>
    <message>
        <source>Notat taget ud</source>
        <translation>Note taken out</translation>
    </message>
    <message>
        <source>Sendt til printer</source>
        <translation>Sent to a printer</translation>
    </message>
    <message>
        <source>Træningsnotat (GOP)</source>
        <translation>Rehabilitation note (GOP)</translation>
    </message>
    <message>
        <source>Visitationsnotat – udskrivelse</source>
        <translation>Assessment note – discharge</translation>
    </message>
    <message>
        <source>advis</source>
        <translation>notification</translation>
    </message>
    <message>
        <source>Advis har kun borgerens CPR-nummer, og en korrespondancemeddelelse skal have navnet. Skriv borgerens navn først.</source>
        <translation>The notification has the citizen's CPR number only, and a correspondence message must have the name. Write the citizen's name first.</translation>
    </message>
    <message>
        <source>Afdeling</source>
        <translation>Department</translation>
    </message>
    <message>
        <source>Afsender</source>
        <translation>Sender</translation>
    </message>
    <message>
        <source>Afsluttet</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>Afsnit</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>Aftale om udskrivelse</source>
        <translation>Discharge agreed</translation>
    </message>
    <message>
        <source>Aftaleprofilen har ingen svarkategorier. Skriv til sygehuset i stedet.</source>
        <translation>The agreement profile has no reply categories. Write to the hospital instead.</translation>
    </message>
    <message>
        <source>aftalt</source>
        <translation>agreed</translation>
    </message>
    <message>
        <source>Aftalt udskrivning</source>
        <translation>Agreed discharge</translation>
    </message>
    <message>
        <source>afventer svar</source>
        <translation>awaiting answer</translation>
    </message>
    <message>
        <source>Afventer sygehus</source>
        <translation>Awaiting hospital</translation>
    </message>
    <message>
        <source>afventer sygehuset</source>
        <translation>awaiting the hospital</translation>
    </message>
    <message>
        <source>Afvisningskode</source>
        <translation>Refusal code</translation>
    </message>
    <message>
        <source>Afvisningstekst</source>
        <translation>Refusal text</translation>
    </message>
    <message>
        <source>Andre kommunale opgaver</source>
        <translation>Other municipal tasks</translation>
    </message>
    <message>
        <source>Angivet størrelse i bytes</source>
        <translation>Stated size in bytes</translation>
    </message>
    <message>
        <source>Annulleret</source>
        <translation>Cancelled</translation>
    </message>
    <message>
        <source>annulleret</source>
        <translation>cancelled</translation>
    </message>
    <message>
        <source>Begrænsning</source>
        <translation>Limitation</translation>
    </message>
    <message>
        <source>Behandlende team</source>
        <translation>Treating team</translation>
    </message>
    <message>
        <source>Behandling genoptaget</source>
        <translation>Treatment resumed</translation>
    </message>
    <message>
        <source>Behov for yderligere koordinering</source>
        <translation>Need for further coordination</translation>
    </message>
    <message>
        <source>Bemærkning om pårørende</source>
        <translation>Remark on relatives</translation>
    </message>
    <message>
        <source>Bemærkning til udskrivning</source>
        <translation>Remark on the discharge</translation>
    </message>
    <message>
        <source>Beskrivelse</source>
        <translation>Description</translation>
    </message>
    <message>
        <source>Beslutningsreferat modtaget</source>
        <translation>Minutes of decisions received</translation>
    </message>
    <message>
        <source>Besvaret: Plejeforløbsplan OK</source>
        <translation>Answered: Plejeforløbsplan OK</translation>
    </message>
    <message>
        <source>Besvaret: Ønske om udvidet koordinering</source>
        <translation>Answered: Ønske om udvidet koordinering</translation>
    </message>
    <message>
        <source>Bidiagnose</source>
        <translation>Secondary diagnosis</translation>
    </message>
    <message>
        <source>Bilag</source>
        <translation>Attachment</translation>
    </message>
    <message>
        <source>Bilagsnummer</source>
        <translation>Attachment number</translation>
    </message>
    <message>
        <source>Bilagstype</source>
        <translation>Attachment type</translation>
    </message>
    <message>
        <source>Boligen</source>
        <translation>The home</translation>
    </message>
    <message>
        <source>Borger</source>
        <translation>Citizen</translation>
    </message>
    <message>
        <source>Bortfaldet</source>
        <translation>Lapsed</translation>
    </message>
    <message>
        <source>Brev behandlet</source>
        <translation>Letter dealt with</translation>
    </message>
    <message>
        <source>Brevdato</source>
        <translation>Letter date</translation>
    </message>
    <message>
        <source>Brevet angiver ingen version.</source>
        <translation>The letter states no version.</translation>
    </message>
    <message>
        <source>Brevet har intet brevnummer og kan ikke kvitteres.</source>
        <translation>The letter has no letter number and cannot be receipted.</translation>
    </message>
    <message>
        <source>Brevnummer</source>
        <translation>Letter number</translation>
    </message>
    <message>
        <source>Brevnummeret er længere end 14 tegn.</source>
        <translation>The letter number is longer than 14 characters.</translation>
    </message>
    <message>
        <source>Brevtype</source>
        <translation>Letter type</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Town</translation>
    </message>
    <message>
        <source>c/o-adresse</source>
        <translation>c/o address</translation>
    </message>
    <message>
        <source>CPR-nummer</source>
        <translation>CPR number</translation>
    </message>
    <message>
        <source>CPR-nummeret begynder med en dato, der ikke findes.</source>
        <translation>The CPR number begins with a date that does not exist.</translation>
    </message>
    <message>
        <source>CPR-nummeret er angivet som ukendt (ti nuller).</source>
        <translation>The CPR number is stated as unknown (ten zeros).</translation>
    </message>
    <message>
        <source>CPR-nummeret har ikke det format, MedCom foreskriver.</source>
        <translation>The CPR number does not have the format MedCom prescribes.</translation>
    </message>
    <message>
        <source>Dato</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>Diagnose</source>
        <translation>Diagnosis</translation>
    </message>
    <message>
        <source>Diagnosekode</source>
        <translation>Diagnosis code</translation>
    </message>
    <message>
        <source>Diagnoser</source>
        <translation>Diagnoses</translation>
    </message>
    <message>
        <source>Diagnoser, fritekst</source>
        <translation>Diagnoses, free text</translation>
    </message>
    <message>
        <source>Dokumentnavn</source>
        <translation>Document name</translation>
    </message>
    <message>
        <source>Dokumentversion</source>
        <translation>Document version</translation>
    </message>
    <message>
        <source>Død</source>
        <translation>Death</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Efternavn</source>
        <translation>Surname</translation>
    </message>
    <message>
        <source>Egen læge</source>
        <translation>General practitioner</translation>
    </message>
    <message>
        <source>Emne</source>
        <translation>Subject</translation>
    </message>
    <message>
        <source>Ernæring</source>
        <translation>Nutrition</translation>
    </message>
    <message>
        <source>Erstatnings-CPR</source>
        <translation>Replacement CPR</translation>
    </message>
    <message>
        <source>Erstattet af ny PFP</source>
        <translation>Replaced by a new care plan</translation>
    </message>
    <message>
        <source>Filer</source>
        <translation>Files</translation>
    </message>
    <message>
        <source>Filtype</source>
        <translation>File type</translation>
    </message>
    <message>
        <source>Flyttet til andet sygehus eller afdeling</source>
        <translation>Moved to another hospital or ward</translation>
    </message>
    <message>
        <source>Forflytning</source>
        <translation>Moving</translation>
    </message>
    <message>
        <source>Forløbet er afsluttet.</source>
        <translation>The pathway is closed.</translation>
    </message>
    <message>
        <source>Forløbet er bortfaldet.</source>
        <translation>The pathway has lapsed.</translation>
    </message>
    <message>
        <source>Forløbet har ingen plejeforløbsplan at svare på.</source>
        <translation>The pathway has no care plan to answer.</translation>
    </message>
    <message>
        <source>Forløbs-ID</source>
        <translation>Episode ID</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Fornavn</source>
        <translation>Given name</translation>
    </message>
    <message>
        <source>forventet</source>
        <translation>expected</translation>
    </message>
    <message>
        <source>Forventet afslutning</source>
        <translation>Expected end</translation>
    </message>
    <message>
        <source>Forventet forløb</source>
        <translation>Expected course</translation>
    </message>
    <message>
        <source>Forventet færdigbehandlet</source>
        <translation>Expected end of treatment</translation>
    </message>
    <message>
        <source>Forventet kontrol</source>
        <translation>Expected check-up</translation>
    </message>
    <message>
        <source>Fremmøde</source>
        <translation>In person</translation>
    </message>
    <message>
        <source>Funktion</source>
        <translation>Function</translation>
    </message>
    <message>
        <source>Funktionsevne</source>
        <translation>Ability</translation>
    </message>
    <message>
        <source>Funktionsevne ved udskrivelsen</source>
        <translation>Ability at the discharge</translation>
    </message>
    <message>
        <source>Færdigbehandlet</source>
        <translation>Treatment ended</translation>
    </message>
    <message>
        <source>Færdigbehandlet (MOF)</source>
        <translation>Treatment ended (MOF)</translation>
    </message>
    <message>
        <source>Første døgn</source>
        <translation>First day</translation>
    </message>
    <message>
        <source>Genoptræning</source>
        <translation>Rehabilitation</translation>
    </message>
    <message>
        <source>Genoptræningsbehov</source>
        <translation>Rehabilitation needs</translation>
    </message>
    <message>
        <source>Genoptræningsbehov og potentiale</source>
        <translation>Rehabilitation needs and potential</translation>
    </message>
    <message>
        <source>Genoptræningsplan</source>
        <translation>Rehabilitation plan</translation>
    </message>
    <message>
        <source>GOP</source>
        <translation>GOP</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>Gradient</translation>
    </message>
    <message>
        <source>Gradientens kodetype</source>
        <translation>Code type of the gradient</translation>
    </message>
    <message>
        <source>Gradientkode</source>
        <translation>Gradient code</translation>
    </message>
    <message>
        <source>Helbredsforhold</source>
        <translation>Health</translation>
    </message>
    <message>
        <source>Henvisninger og bilag</source>
        <translation>References and attachments</translation>
    </message>
    <message>
        <source>Hjemmesygepleje</source>
        <translation>Home nursing</translation>
    </message>
    <message>
        <source>Hjælp til medicinadministration</source>
        <translation>Help with administering medicine</translation>
    </message>
    <message>
        <source>Hjælp til medicinindtagelse</source>
        <translation>Help with taking medicine</translation>
    </message>
    <message>
        <source>Hjælpemidler</source>
        <translation>Auxiliaries</translation>
    </message>
    <message>
        <source>Hukommelse og orientering</source>
        <translation>Memory and orientation</translation>
    </message>
    <message>
        <source>Hændelse, som denne version ikke kan vise</source>
        <translation>Something this version cannot show</translation>
    </message>
    <message>
        <source>I udbakke</source>
        <translation>In the outbox</translation>
    </message>
    <message>
        <source>ICF</source>
        <translation>ICF</translation>
    </message>
    <message>
        <source>ICF-kode</source>
        <translation>ICF code</translation>
    </message>
    <message>
        <source>ICF-koder</source>
        <translation>ICF codes</translation>
    </message>
    <message>
        <source>Identifikation</source>
        <translation>Identification</translation>
    </message>
    <message>
        <source>Identifikationstype</source>
        <translation>Type of identification</translation>
    </message>
    <message>
        <source>Ikke muligt</source>
        <translation>Not possible</translation>
    </message>
    <message>
        <source>Ikke nødvendig</source>
        <translation>Not needed</translation>
    </message>
    <message>
        <source>Ikke oplyst</source>
        <translation>Not given</translation>
    </message>
    <message>
        <source>Ikke relevant</source>
        <translation>Not relevant</translation>
    </message>
    <message>
        <source>Indhold</source>
        <translation>Contents</translation>
    </message>
    <message>
        <source>Indholdsbeskrivelse</source>
        <translation>Description of contents</translation>
    </message>
    <message>
        <source>Indkøb</source>
        <translation>Shopping</translation>
    </message>
    <message>
        <source>Indlagt</source>
        <translation>Admitted</translation>
    </message>
    <message>
        <source>Borger og indlæggelse noteret</source>
        <translation>Citizen and admission noted</translation>
    </message>
    <message>
        <source>Indlæggelsen</source>
        <translation>The admission</translation>
    </message>
    <message>
        <source>Indlæggelsesadvis</source>
        <translation>Admission notification</translation>
    </message>
    <message>
        <source>Indlæggelsesadvis annulleret</source>
        <translation>Admission notification cancelled</translation>
    </message>
    <message>
        <source>Indlæggelsesrapport</source>
        <translation>Admission report</translation>
    </message>
    <message>
        <source>Indlæggelsesrapport ikke nødvendig</source>
        <translation>Admission report not needed</translation>
    </message>
    <message>
        <source>Information til patient og pårørende</source>
        <translation>Information for patient and relatives</translation>
    </message>
    <message>
        <source>Informeret samtykke</source>
        <translation>Informed consent</translation>
    </message>
    <message>
        <source>Ingen</source>
        <translation>None</translation>
    </message>
    <message>
        <source>ingen relationer</source>
        <translation>no relations</translation>
    </message>
    <message>
        <source>Internt notat</source>
        <translation>Internal note</translation>
    </message>
    <message>
        <source>Intet sygehus har skrevet om borgeren, så rapporten kan ikke sendes herfra. Kopiér teksten, og send den fra omsorgssystemet.</source>
        <translation>No hospital has written about the citizen, so the report cannot be sent from here. Copy the text and send it from the care record system.</translation>
    </message>
    <message>
        <source>Ja</source>
        <translation>Yes</translation>
    </message>
    <message>
        <source>Kan fortrydes</source>
        <translation>Can be undone</translation>
    </message>
    <message>
        <source>KM</source>
        <translation>KM</translation>
    </message>
    <message>
        <source>Kode</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Kodesystem</source>
        <translation>Code system</translation>
    </message>
    <message>
        <source>Kodetype</source>
        <translation>Code type</translation>
    </message>
    <message>
        <source>Kommentar</source>
        <translation>Comment</translation>
    </message>
    <message>
        <source>Kontakt</source>
        <translation>Contact</translation>
    </message>
    <message>
        <source>Kontaktperson</source>
        <translation>Contact person</translation>
    </message>
    <message>
        <source>Kontrol og opfølgning</source>
        <translation>Check-up and follow-up</translation>
    </message>
    <message>
        <source>Kopi til</source>
        <translation>Copy to</translation>
    </message>
    <message>
        <source>Kopi til egen læge</source>
        <translation>Copy to the general practitioner</translation>
    </message>
    <message>
        <source>Kopi til egen læge fravalgt</source>
        <translation>Copy to the general practitioner declined</translation>
    </message>
    <message>
        <source>Korrespondancemeddelelse</source>
        <translation>Correspondence message</translation>
    </message>
    <message>
        <source>Kræver handling</source>
        <translation>Needs action</translation>
    </message>
    <message>
        <source>Kuvertnummer</source>
        <translation>Envelope number</translation>
    </message>
    <message>
        <source>Kvitterede breve</source>
        <translation>Receipted letters</translation>
    </message>
    <message>
        <source>Leder</source>
        <translation>Manager</translation>
    </message>
    <message>
        <source>Lette</source>
        <translation>Slight</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>Lokationsnummer</source>
        <translation>Location number</translation>
    </message>
    <message>
        <source>Madpakke</source>
        <translation>Packed meal</translation>
    </message>
    <message>
        <source>Mangler</source>
        <translation>Missing</translation>
    </message>
    <message>
        <source>Medbragt</source>
        <translation>Brought along</translation>
    </message>
    <message>
        <source>Meddelelse</source>
        <translation>Message</translation>
    </message>
    <message>
        <source>Meddelelsen er ikke XML; dens indhold er vist råt.</source>
        <translation>The message is not XML; its contents are shown raw.</translation>
    </message>
    <message>
        <source>Meddelelsen har intet CPR-nummer.</source>
        <translation>The message has no CPR number.</translation>
    </message>
    <message>
        <source>Meddelelsens navn</source>
        <translation>Name of the message</translation>
    </message>
    <message>
        <source>Medicin</source>
        <translation>Medicine</translation>
    </message>
    <message>
        <source>Medunderskriver</source>
        <translation>Co-signer</translation>
    </message>
    <message>
        <source>Melding om færdigbehandling</source>
        <translation>Notification of ended treatment</translation>
    </message>
    <message>
        <source>Moderate</source>
        <translation>Moderate</translation>
    </message>
    <message>
        <source>Modtager</source>
        <translation>Receiver</translation>
    </message>
    <message>
        <source>Modtaget</source>
        <translation>Received</translation>
    </message>
    <message>
        <source>Modtaget af sygehuset</source>
        <translation>Received by the hospital</translation>
    </message>
    <message>
        <source>Modtaget som korrespondance</source>
        <translation>Received as correspondence</translation>
    </message>
    <message>
        <source>Navn</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Navnerum</source>
        <translation>Namespace</translation>
    </message>
    <message>
        <source>Nej</source>
        <translation>No</translation>
    </message>
    <message>
        <source>Opfølgning afsluttet</source>
        <translation>Follow-up closed</translation>
    </message>
    <message>
        <source>Opfølgning tildelt</source>
        <translation>Follow-up assigned</translation>
    </message>
    <message>
        <source>Oprindelig afsender</source>
        <translation>Original sender</translation>
    </message>
    <message>
        <source>Oprindelig modtager</source>
        <translation>Original receiver</translation>
    </message>
    <message>
        <source>Oprindelig version</source>
        <translation>Original version</translation>
    </message>
    <message>
        <source>Oprindeligt brevnummer</source>
        <translation>Original letter number</translation>
    </message>
    <message>
        <source>Oprindeligt kuvertnummer</source>
        <translation>Original envelope number</translation>
    </message>
    <message>
        <source>Oprindeligt VANS-meddelelsesnummer</source>
        <translation>Original VANS message number</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>Orlov</source>
        <translation>Leave</translation>
    </message>
    <message>
        <source>Overflyttet</source>
        <translation>Transferred</translation>
    </message>
    <message>
        <source>Overskrift</source>
        <translation>Heading</translation>
    </message>
    <message>
        <source>Patientsikkerhedsmæssige forhold</source>
        <translation>Patient safety</translation>
    </message>
    <message>
        <source>Personlig pleje</source>
        <translation>Personal care</translation>
    </message>
    <message>
        <source>PFP</source>
        <translation>PFP</translation>
    </message>
    <message>
        <source>Planen er besvaret og gælder som aftale om udskrivelse.</source>
        <translation>The plan is answered and counts as an agreement on the discharge.</translation>
    </message>
    <message>
        <source>Planen har ingen udskrivningsdato.</source>
        <translation>The plan has no discharge date.</translation>
    </message>
    <message>
        <source>Planens tekst, som den kom</source>
        <translation>The text of the plan as it came</translation>
    </message>
    <message>
        <source>Planlægningskonference</source>
        <translation>Planning conference</translation>
    </message>
    <message>
        <source>Planlægningskonference aftalt</source>
        <translation>Planning conference agreed</translation>
    </message>
    <message>
        <source>Plejeforløbsplan</source>
        <translation>Care plan</translation>
    </message>
    <message>
        <source>Plejeforløbsplan OK</source>
        <translation>Plejeforløbsplan OK</translation>
    </message>
    <message>
        <source>Plejepersonale</source>
        <translation>Care staff</translation>
    </message>
    <message>
        <source>Positiv kvittering ønskes</source>
        <translation>Positive receipt wanted</translation>
    </message>
    <message>
        <source>Postnummer</source>
        <translation>Postcode</translation>
    </message>
    <message>
        <source>Praktiske oplysninger</source>
        <translation>Practical information</translation>
    </message>
    <message>
        <source>Prioritet</source>
        <translation>Priority</translation>
    </message>
    <message>
        <source>Problemområde</source>
        <translation>Problem area</translation>
    </message>
    <message>
        <source>Pårørende</source>
        <translation>Relatives</translation>
    </message>
    <message>
        <source>Pårørende orienteret</source>
        <translation>Relative informed</translation>
    </message>
    <message>
        <source>Rapporten omtaler behandlingsansvar; et tidspunkt dér går forud for beregningen.</source>
        <translation>The report mentions responsibility for treatment; a time there goes before the calculation.</translation>
    </message>
    <message>
        <source>Referat modtaget</source>
        <translation>Minutes received</translation>
    </message>
    <message>
        <source>registreret partner</source>
        <translation>registered partner</translation>
    </message>
    <message>
        <source>Relation</source>
        <translation>Relation</translation>
    </message>
    <message>
        <source>Relevans</source>
        <translation>Relevance</translation>
    </message>
    <message>
        <source>Sendt</source>
        <translation>Sent</translation>
    </message>
    <message>
        <source>Sendt efter fristen</source>
        <translation>Sent after the deadline</translation>
    </message>
    <message>
        <source>Sendt fra omsorgssystemet</source>
        <translation>Sent from the care record system</translation>
    </message>
    <message>
        <source>Sendt som korrespondancemeddelelse</source>
        <translation>Sent as a correspondence message</translation>
    </message>
    <message>
        <source>Sendt til gateway</source>
        <translation>Sent to the gateway</translation>
    </message>
    <message>
        <source>Sendt til sygehuset</source>
        <translation>Sent to the hospital</translation>
    </message>
    <message>
        <source>Sendt til tiden</source>
        <translation>Sent in time</translation>
    </message>
    <message>
        <source>Sidst ændret</source>
        <translation>Last changed</translation>
    </message>
    <message>
        <source>Skal suppleres ved behov</source>
        <translation>To be supplemented if needed</translation>
    </message>
    <message>
        <source>Skal udfyldes og sendes</source>
        <translation>Must be filled in and sent</translation>
    </message>
    <message>
        <source>Skrevet af</source>
        <translation>Written by</translation>
    </message>
    <message>
        <source>Slutstatusmodtager</source>
        <translation>Receiver of the final status</translation>
    </message>
    <message>
        <source>Smitte</source>
        <translation>Infection</translation>
    </message>
    <message>
        <source>Smitterisiko</source>
        <translation>Risk of contagion</translation>
    </message>
    <message>
        <source>Speciale</source>
        <translation>Speciality</translation>
    </message>
    <message>
        <source>Spørgsmål til kommunen</source>
        <translation>Questions to the municipality</translation>
    </message>
    <message>
        <source>Spørgsmål til regionen</source>
        <translation>Questions to the region</translation>
    </message>
    <message>
        <source>Statistikkode</source>
        <translation>Statistical code</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Status for forløbet</source>
        <translation>Status of the course</translation>
    </message>
    <message>
        <source>Status for konferencen</source>
        <translation>Status of the conference</translation>
    </message>
    <message>
        <source>Sted</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>Stednavn</source>
        <translation>Locality</translation>
    </message>
    <message>
        <source>Stilling</source>
        <translation>Occupation</translation>
    </message>
    <message>
        <source>Størrelse i bytes</source>
        <translation>Size in bytes</translation>
    </message>
    <message>
        <source>SUP</source>
        <translation>SUP</translation>
    </message>
    <message>
        <source>Svar fra sygehuset</source>
        <translation>Answer from the hospital</translation>
    </message>
    <message>
        <source>Svar modtaget</source>
        <translation>Answer received</translation>
    </message>
    <message>
        <source>Svar sendes til lokationsnummer</source>
        <translation>Answers are sent to location number</translation>
    </message>
    <message>
        <source>svarfrist</source>
        <translation>answer deadline</translation>
    </message>
    <message>
        <source>Svære</source>
        <translation>Severe</translation>
    </message>
    <message>
        <source>Sygehuskontakt fra</source>
        <translation>Hospital contact from</translation>
    </message>
    <message>
        <source>Sygeplejefaglige problemområder</source>
        <translation>Nursing problem areas</translation>
    </message>
    <message>
        <source>Systeminformation</source>
        <translation>System information</translation>
    </message>
    <message>
        <source>Sårpleje</source>
        <translation>Wound care</translation>
    </message>
    <message>
        <source>søn</source>
        <translation>son</translation>
    </message>
    <message>
        <source>Teknisk kvittering</source>
        <translation>Technical receipt</translation>
    </message>
    <message>
        <source>Tekst</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Telefax</source>
        <translation>Telefax</translation>
    </message>
    <message>
        <source>Telefon</source>
        <translation>Telephone</translation>
    </message>
    <message>
        <source>telefonisk</source>
        <translation>by telephone</translation>
    </message>
    <message>
        <source>Telefonkonference</source>
        <translation>Telephone conference</translation>
    </message>
    <message>
        <source>Telefonnotat</source>
        <translation>Telephone note</translation>
    </message>
    <message>
        <source>Telefontype</source>
        <translation>Telephone type</translation>
    </message>
    <message>
        <source>Tidsfrist for start af genoptræning</source>
        <translation>Deadline for the start of rehabilitation</translation>
    </message>
    <message>
        <source>Tidspunkt for konferencen</source>
        <translation>Time of the conference</translation>
    </message>
    <message>
        <source>Til stede ved indlæggelsen</source>
        <translation>Present at the admission</translation>
    </message>
    <message>
        <source>Tildeling</source>
        <translation>Assignment</translation>
    </message>
    <message>
        <source>Titel</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>Tjekliste ved indlæggelse</source>
        <translation>Checklist at admission</translation>
    </message>
    <message>
        <source>Totale</source>
        <translation>Total</translation>
    </message>
    <message>
        <source>Transport</source>
        <translation>Transport</translation>
    </message>
    <message>
        <source>Transporttype</source>
        <translation>Transport type</translation>
    </message>
    <message>
        <source>Træffetid</source>
        <translation>Hours</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Uddrag</source>
        <translation>Excerpt</translation>
    </message>
    <message>
        <source>Uddrag fra journal</source>
        <translation>Excerpts from the record</translation>
    </message>
    <message>
        <source>Uddybende spørgsmål</source>
        <translation>Uddybende spørgsmål</translation>
    </message>
    <message>
        <source>uden aftale</source>
        <translation>without agreement</translation>
    </message>
    <message>
        <source>Udfald</source>
        <translation>Outcome</translation>
    </message>
    <message>
        <source>Udskrevet</source>
        <translation>Discharged</translation>
    </message>
    <message>
        <source>Udskrivelsestidspunkt</source>
        <translation>Time of discharge</translation>
    </message>
    <message>
        <source>Udskrivningsadvis</source>
        <translation>Discharge notification</translation>
    </message>
    <message>
        <source>Udskrivningskonference</source>
        <translation>Discharge conference</translation>
    </message>
    <message>
        <source>Udskrivningsrapport</source>
        <translation>Discharge report</translation>
    </message>
    <message>
        <source>Udskrivningsrapport modtaget</source>
        <translation>Discharge report received</translation>
    </message>
    <message>
        <source>Udvidet beskrivelse af funktionsevne</source>
        <translation>Extended description of ability</translation>
    </message>
    <message>
        <source>Ukendt hændelse</source>
        <translation>Unknown entry</translation>
    </message>
    <message>
        <source>Ukendt MedCom-meddelelse</source>
        <translation>Unknown MedCom message</translation>
    </message>
    <message>
        <source>Ukendte felter</source>
        <translation>Unknown fields</translation>
    </message>
    <message>
        <source>Under behandling</source>
        <translation>In progress</translation>
    </message>
    <message>
        <source>Underskriver</source>
        <translation>Signer</translation>
    </message>
    <message>
        <source>Yderligere patientoplysninger</source>
        <translation>Further patient details</translation>
    </message>
    <message>
        <source>uspecificeret pårørende</source>
        <translation>unspecified relative</translation>
    </message>
    <message>
        <source>VANS-afsendelsestid</source>
        <translation>VANS time of sending</translation>
    </message>
    <message>
        <source>VANS-afsender</source>
        <translation>VANS sender</translation>
    </message>
    <message>
        <source>VANS-kuvert</source>
        <translation>VANS envelope</translation>
    </message>
    <message>
        <source>VANS-kuvertnummer</source>
        <translation>VANS envelope number</translation>
    </message>
    <message>
        <source>VANS-meddelelsesnummer</source>
        <translation>VANS message number</translation>
    </message>
    <message>
        <source>VANS-modtager</source>
        <translation>VANS receiver</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Videokonference</source>
        <translation>Video conference</translation>
    </message>
    <message>
        <source>Visitator</source>
        <translation>Visitator</translation>
    </message>
    <message>
        <source>Ydernummer</source>
        <translation>Provider number</translation>
    </message>
    <message>
        <source>Åbnet</source>
        <translation>Opened</translation>
    </message>
    <message>
        <source>Årsag til indlæggelse</source>
        <translation>Cause of admission</translation>
    </message>
    <message>
        <source>Årsag til manglende telefon</source>
        <translation>Reason for no telephone</translation>
    </message>
    <message>
        <source>ægtefælle</source>
        <translation>spouse</translation>
    </message>
    <message>
        <source>Ændringer i hjemmet</source>
        <translation>Changes in the home</translation>
    </message>
    <message>
        <source>Ønske om udvidet koordinering</source>
        <translation>Ønske om udvidet koordinering</translation>
    </message>
    <message>
        <source>Øvrige afsnit</source>
        <translation>Other sections</translation>
    </message>
    <message>
        <source>Øvrige felter</source>
        <translation>Other fields</translation>
    </message>
    <message>
        <source>Aftalt inden udskrivelsen</source>
        <translation>Agreed before the discharge</translation>
    </message>
    <message>
        <source>Almen, avanceret niveau</source>
        <translation>General, advanced level</translation>
    </message>
    <message>
        <source>Almen, basalt niveau</source>
        <translation>General, basic level</translation>
    </message>
    <message>
        <source>Almen, niveau ikke fastsat</source>
        <translation>General, level not set</translation>
    </message>
    <message>
        <source>Anden kommunes tilbud</source>
        <translation>Another municipality's offer</translation>
    </message>
    <message>
        <source>Annulleret af sygehuset</source>
        <translation>Cancelled by the hospital</translation>
    </message>
    <message>
        <source>Avanceret niveau</source>
        <translation>Advanced level</translation>
    </message>
    <message>
        <source>Basalt niveau</source>
        <translation>Basic level</translation>
    </message>
    <message>
        <source>Befordring</source>
        <translation>Transport</translation>
    </message>
    <message>
        <source>Borger kontaktet</source>
        <translation>Citizen contacted</translation>
    </message>
    <message>
        <source>Borgerens ønske</source>
        <translation>The citizen's wish</translation>
    </message>
    <message>
        <source>Dato for genoptræning</source>
        <translation>Date of rehabilitation</translation>
    </message>
    <message>
        <source>Forventet ifølge planen</source>
        <translation>Expected by the plan</translation>
    </message>
    <message>
        <source>Frit valg oplyst</source>
        <translation>Free choice explained</translation>
    </message>
    <message>
        <source>Genoptræning afsluttet</source>
        <translation>Rehabilitation ended</translation>
    </message>
    <message>
        <source>Genoptræning startet</source>
        <translation>Rehabilitation started</translation>
    </message>
    <message>
        <source>Genoptræning udsat</source>
        <translation>Rehabilitation postponed</translation>
    </message>
    <message>
        <source>Genoptræningsplan knyttet</source>
        <translation>Rehabilitation plan linked</translation>
    </message>
    <message>
        <source>almen genoptræning</source>
        <translation>general rehabilitation</translation>
    </message>
    <message>
        <source>genoptræning på specialiseret niveau</source>
        <translation>rehabilitation training at specialised level</translation>
    </message>
    <message>
        <source>rehabilitering på specialiseret niveau</source>
        <translation>rehabilitation at specialised level</translation>
    </message>
    <message>
        <source>ukendt type</source>
        <translation>unknown type</translation>
    </message>
    <message>
        <source>Kapacitet</source>
        <translation>Capacity</translation>
    </message>
    <message>
        <source>Kommunens eget tilbud</source>
        <translation>The municipality's own offer</translation>
    </message>
    <message>
        <source>Leverandør efter kommunens aftale</source>
        <translation>Provider by the municipality's agreement</translation>
    </message>
    <message>
        <source>Niveau for genoptræning</source>
        <translation>Level of rehabilitation</translation>
    </message>
    <message>
        <source>Oplyst af en medarbejder</source>
        <translation>Said by an employee</translation>
    </message>
    <message>
        <source>Opstart aftalt</source>
        <translation>Start agreed</translation>
    </message>
    <message>
        <source>Planen angiver start fra</source>
        <translation>The plan states a start from</translation>
    </message>
    <message>
        <source>Planen angiver start senest</source>
        <translation>The plan states a start at the latest</translation>
    </message>
    <message>
        <source>Privat leverandør efter § 140, stk. 4</source>
        <translation>Private provider by section 140 (4)</translation>
    </message>
    <message>
        <source>Rehabilitering på specialiseret niveau</source>
        <translation>Rehabilitation at specialised level</translation>
    </message>
    <message>
        <source>Skriftligt</source>
        <translation>In writing</translation>
    </message>
    <message>
        <source>Specialiseret genoptræning</source>
        <translation>Specialised rehabilitation</translation>
    </message>
    <message>
        <source>Startet</source>
        <translation>Started</translation>
    </message>
    <message>
        <source>Statusnotat til kontrol</source>
        <translation>Status note for a control</translation>
    </message>
    <message>
        <source>Sundhedsfaglig årsag</source>
        <translation>Health reason</translation>
    </message>
    <message>
        <source>Telefonisk</source>
        <translation>By telephone</translation>
    </message>
    <message>
        <source>Tilbud valgt</source>
        <translation>Offer chosen</translation>
    </message>
    <message>
        <source>Trin fortrudt</source>
        <translation>Step taken back</translation>
    </message>
    <message>
        <source>Udskrivelsesdato</source>
        <translation>Discharge date</translation>
    </message>
    <message>
        <source>Ukendt type</source>
        <translation>Unknown type</translation>
    </message>
    <message>
        <source>Ved samtale</source>
        <translation>In a talk</translation>
    </message>
    <message>
        <source>Hvordan</source>
        <translation>How</translation>
    </message>
    <message>
        <source>Tilbud</source>
        <translation>Offer</translation>
    </message>
    <message>
        <source>Navn på leverandør eller kommune</source>
        <translation>Name of provider or municipality</translation>
    </message>
    <message>
        <source>Aftalt opstart</source>
        <translation>Agreed start</translation>
    </message>
    <message>
        <source>Årsag</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>Forventet opstart</source>
        <translation>Expected start</translation>
    </message>
    <message>
        <source>Statusnotat, som borgeren får med til kontrollen</source>
        <translation>Status note the citizen brings to the control</translation>
    </message>
    <message>
        <source>Afslutningsnotat til egen læge</source>
        <translation>Closing note to the general practitioner</translation>
    </message>
    <message>
        <source>Arrangeret</source>
        <translation>Arranged</translation>
    </message>
    <message>
        <source>Ikke berettiget</source>
        <translation>Not entitled</translation>
    </message>
    <message>
        <source>Befordring mangler</source>
        <translation>Transport is missing</translation>
    </message>
    <message>
        <source>Befordring er arrangeret</source>
        <translation>Transport is arranged</translation>
    </message>
    <message>
        <source>Borgeren er ikke berettiget til befordring</source>
        <translation>The citizen is not entitled to transport</translation>
    </message>
    <message>
        <source>Behov og potentiale</source>
        <translation>Need and potential</translation>
    </message>
    <message>
        <source>Forholdsregler</source>
        <translation>Precautions</translation>
    </message>
    <message>
        <source>Diagnoser og helbred</source>
        <translation>Diagnoses and health</translation>
    </message>
    <message>
        <source>Kontrol på sygehuset</source>
        <translation>Control at the hospital</translation>
    </message>
    <message>
        <source>Praktisk</source>
        <translation>Practical matters</translation>
    </message>
    <message>
        <source>Sygehuskontakt</source>
        <translation>Hospital contact</translation>
    </message>
    <message>
        <source>Spørg om planen</source>
        <translation>Questions about the plan</translation>
    </message>
    <message>
        <source>Kopi og slutstatus</source>
        <translation>Copies and final status</translation>
    </message>
    <message>
        <source>Pårørende og øvrige oplysninger</source>
        <translation>Relatives and other information</translation>
    </message>
</context>
<context>
    <name>said</name>
    <message>
        <source>Adgangskoden er ikke skrevet rigtigt. Intet er ændret. Kopiér den, som den blev vist, uden mellemrum og linjeskift.</source>
        <translation>The access key is not written correctly. Nothing has been changed. Copy it as it was shown, without spaces and line breaks.</translation>
    </message>
    <message>
        <source>Afsendelsestidspunktet mangler.</source>
        <translation>The time of sending is missing.</translation>
    </message>
    <message>
        <source>Afsenderens</source>
        <translation>The sender's</translation>
    </message>
    <message>
        <source>Afsenderens navn mangler.</source>
        <translation>The sender's name is missing.</translation>
    </message>
    <message>
        <source>Aftalen gælder først fra {1}.</source>
        <translation>The agreement holds only from {1}.</translation>
    </message>
    <message>
        <source>Aftalen har ingen tjekliste.</source>
        <translation>The agreement has no checklist.</translation>
    </message>
    <message>
        <source>Aftalen udløb {1}.</source>
        <translation>The agreement expired on {1}.</translation>
    </message>
    <message>
        <source>Aftalen udløber {1}.</source>
        <translation>The agreement expires on {1}.</translation>
    </message>
    <message>
        <source>Aftaleprofilen skal kontrolleres: {1} Datoen {2} er nået.</source>
        <translation>The agreement profile must be checked: {1} The date {2} has been reached.</translation>
    </message>
    <message>
        <source>Aftaleprofilen skal kontrolleres: {1} Senest {2}.</source>
        <translation>The agreement profile must be checked: {1} By {2}.</translation>
    </message>
    <message>
        <source>Anden juledag</source>
        <translation>Boxing Day</translation>
    </message>
    <message>
        <source>Anden pinsedag</source>
        <translation>Whit Monday</translation>
    </message>
    <message>
        <source>Anden påskedag</source>
        <translation>Easter Monday</translation>
    </message>
    <message>
        <source>Datoen ligger efter i dag, og trinnet er noget, der er sket. Intet er gemt.</source>
        <translation>The date is after today, and the step is something that has happened. Nothing has been saved.</translation>
    </message>
    <message>
        <source>Der er ikke adgang til {1}. Se efter rettighederne og netværket.</source>
        <translation>There is no access to {1}. Check the rights and the network.</translation>
    </message>
    <message>
        <source>Et navn, en titel eller et telefonnummer har tegn, der ikke kan læses. Sæt terminalen til UTF-8, og skriv det igen.</source>
        <translation>A name, a title or a telephone number has characters that cannot be read. Set the terminal to UTF-8, and write it again.</translation>
    </message>
    <message>
        <source>Gatewayens bruger på PostgreSQL-serveren mangler rettigheder i databasen. Gør brugeren til ejer af databasen, eller giv den ret til at oprette, læse og skrive tabeller.</source>
        <translation>The gateway's user at the PostgreSQL server lacks rights in the database. Make the user the owner of the database, or give it the right to make, read and write tables.</translation>
    </message>
    <message>
        <source>Genoptræningsplanen findes ikke længere på denne computer. Intet er gemt.</source>
        <translation>The rehabilitation plan is no longer on this computer. Nothing has been saved.</translation>
    </message>
    <message>
        <source>Regnearket kunne ikke gemmes ({1}). Vælg en anden mappe, eller luk filen i Excel.</source>
        <translation>The spreadsheet could not be saved ({1}). Choose another folder, or close the file in Excel.</translation>
    </message>
    <message>
        <source>Skriv statusnotatet. Intet er gemt.</source>
        <translation>Write the status note. Nothing has been saved.</translation>
    </message>
    <message>
        <source>Skriv, hvornår opstarten er aftalt til. Intet er gemt.</source>
        <translation>Write when the start is agreed for. Nothing has been saved.</translation>
    </message>
    <message>
        <source>Sygehuset har valgt en specialiseret plan, så kommunen fastsætter ikke niveauet. Intet er gemt.</source>
        <translation>The hospital has chosen a specialised plan, so the municipality does not set the level. Nothing has been saved.</translation>
    </message>
    <message>
        <source>Trinnet findes ikke eller er allerede fortrudt. Intet er gemt.</source>
        <translation>The step does not exist or has already been undone. Nothing has been saved.</translation>
    </message>
    <message>
        <source>Trinnet kendes ikke. Intet er gemt.</source>
        <translation>The step is not known. Nothing has been saved.</translation>
    </message>
    <message>
        <source>Vælg en af mulighederne. Intet er gemt.</source>
        <translation>Choose one of the possibilities. Nothing has been saved.</translation>
    </message>
    <message>
        <source>angivet som {1}</source>
        <translation>given as {1}</translation>
    </message>
    <message>
        <source>Borgerens CPR-nummer eller erstatnings-CPR mangler.</source>
        <translation>The citizen's CPR number or replacement CPR is missing.</translation>
    </message>
    <message>
        <source>Borgerens efternavn mangler.</source>
        <translation>The citizen's surname is missing.</translation>
    </message>
    <message>
        <source>Brevet manglede sit nummer, så det er ikke sendt.</source>
        <translation>The letter lacked its number, so it has not been sent.</translation>
    </message>
    <message>
        <source>Brevets version understøttes ikke.</source>
        <translation>The version of the letter is not supported.</translation>
    </message>
    <message>
        <source>Brugeren kan ikke hedde '{1}'; det gør gatewayen selv.</source>
        <translation>The user cannot be called '{1}'; that is the gateway itself.</translation>
    </message>
    <message>
        <source>Databasefilen er beskadiget. Filen er ikke slettet. Luk Visitator, og start den igen. Kan databasen ikke åbnes, så læg den til side: alt, der er sendt, hentes fra gatewayen.</source>
        <translation>The database file is damaged. The file has not been deleted. Close Visitator, and start it again. If the database cannot be opened, put it aside: everything that was sent is fetched from the gateway.</translation>
    </message>
    <message>
        <source>Databasefilen kan ikke læses eller skrives. Det, du lige gjorde, er ikke gemt; alt før det er bevaret. Kontrollér adgangen til mappen og disken, og gør det igen.</source>
        <translation>The database file cannot be read or written. What you just did has not been saved; everything before it is kept. Check the access to the folder and the disk, and do it again.</translation>
    </message>
    <message>
        <source>Databasen er lavet af en nyere udgave af Visitator. Installér den udgave på gatewayen.</source>
        <translation>The database was made by a newer version of Visitator. Install that version at the gateway.</translation>
    </message>
    <message>
        <source>Databasen er skrevet af en nyere udgave af Visitator. Den er urørt. Installer den nyeste udgave, og start igen.</source>
        <translation>The database was written by a newer version of Visitator. It is untouched. Install the newest version, and start again.</translation>
    </message>
    <message>
        <source>Databasen er tom. Start gatewayen én gang, så bliver den sat op.</source>
        <translation>The database is empty. Start the gateway once, and it is set up.</translation>
    </message>
    <message>
        <source>Databasen kan ikke ligge på et netværksdrev eller i en roamingprofil: den kan gå i stykker, og flere kan åbne den på en gang. Intet er ændret. Vælg en mappe på computerens egen disk.</source>
        <translation>The database cannot lie on a network drive or in a roaming profile: it may break, and several can open it at once. Nothing has been changed. Choose a folder on the computer's own disk.</translation>
    </message>
    <message>
        <source>Databasen kan ikke lægges til side. Den er urørt. Luk andre programmer, der bruger den, og prøv igen.</source>
        <translation>The database cannot be put aside. It is untouched. Close other programs that use it, and try again.</translation>
    </message>
    <message>
        <source>Databasen kan ikke læses med nøglen. Find den rigtige nøgle; filen er urørt.</source>
        <translation>The database cannot be read with the key. Find the right key; the file is untouched.</translation>
    </message>
    <message>
        <source>Databasen kan ikke nås. Kontrollér, at serveren kører, eller at filens mappe findes, kan skrives, og har plads.</source>
        <translation>The database cannot be reached. Check that the server runs, or that the folder of the file exists, can be written, and has room.</translation>
    </message>
    <message>
        <source>Den dato, fristen regnes fra, mangler i planen.</source>
        <translation>The date the deadline is counted from is missing in the plan.</translation>
    </message>
    <message>
        <source>Den findes ikke eller kører ikke. Tal med den, der driver computeren.</source>
        <translation>It is missing or does not run. Talk to whoever runs the computer.</translation>
    </message>
    <message>
        <source>Den gemte ikke adgangskoden.</source>
        <translation>It did not keep the access key.</translation>
    </message>
    <message>
        <source>Den gemte ikke nøglen.</source>
        <translation>It did not keep the key.</translation>
    </message>
    <message>
        <source>Den lokale database kunne ikke bruges.</source>
        <translation>The local database could not be used.</translation>
    </message>
    <message>
        <source>Der er en fejl i programmet. Alt er gemt, og det prøves igen. Kontakt jeres it-afdeling, hvis det bliver ved.</source>
        <translation>There is a fault in the program. Everything is kept, and it is tried again. Contact your IT department if it goes on.</translation>
    </message>
    <message>
        <source>Der er en fejl på gatewayen. Kontakt jeres it-afdeling, hvis det bliver ved.</source>
        <translation>There is a fault at the gateway. Contact your IT department if it goes on.</translation>
    </message>
    <message>
        <source>Der er ikke logget ind på gatewayen fra denne computer. Intet er ændret. Åbn indstillingerne, og skriv gatewayens adresse og din adgangskode.</source>
        <translation>Nobody is logged in at the gateway from this computer. Nothing has been changed. Open the settings, and write the address of the gateway and your access key.</translation>
    </message>
    <message>
        <source>Der er ikke længere noget at tage stilling til her. Intet er ændret.</source>
        <translation>There is no longer anything to decide here. Nothing has been changed.</translation>
    </message>
    <message>
        <source>Der er ikke modtaget indlæggelsesadvis, som fristen regnes fra.</source>
        <translation>No admission notification to count the deadline from has been received.</translation>
    </message>
    <message>
        <source>Der er ikke plads på disken. Filen er ikke gemt.</source>
        <translation>There is no room on the disk. The file was not saved.</translation>
    </message>
    <message>
        <source>Der er ingen at svare i forløbet, så det er ikke sendt.</source>
        <translation>There is nobody to answer in the pathway, so it has not been sent.</translation>
    </message>
    <message>
        <source>Der er ingen bruger, der hedder '{1}'.</source>
        <translation>There is no user called '{1}'.</translation>
    </message>
    <message>
        <source>Der er ingen journal i {1}. Intet er ændret.</source>
        <translation>There is no journal in {1}. Nothing has been changed.</translation>
    </message>
    <message>
        <source>Der er sket noget i forløbet siden, så svaret kan ikke sendes igen, som det er. Intet er ændret. Se forløbet, og svar på ny.</source>
        <translation>Something has happened in the pathway since, so the answer cannot be sent again as it is. Nothing has been changed. See the pathway, and answer anew.</translation>
    </message>
    <message>
        <source>Der er sket noget i forløbet, siden du begyndte at svare.</source>
        <translation>Something has happened in the pathway since you began to answer.</translation>
    </message>
    <message>
        <source>Der kom nyt i forløbet, før dit svar nåede frem, så det er ikke sendt.</source>
        <translation>Something new came in the pathway before your answer arrived, so it has not been sent.</translation>
    </message>
    <message>
        <source>Der ligger allerede en fil med navnet {1}. Den er ikke erstattet.</source>
        <translation>There is already a file called {1}. It has not been replaced.</translation>
    </message>
    <message>
        <source>Der ligger en database på computeren, men nøglen til den findes ikke i nøgleringen. Databasen er urørt. Log på som den bruger, der plejer at bruge Visitator, eller læg databasen til side: så hentes alt, der er sendt, fra gatewayen.</source>
        <translation>There is a database on the computer, but its key is not in the keyring. The database is untouched. Log on as the user who usually uses Visitator, or put the database aside: then everything that was sent is fetched from the gateway.</translation>
    </message>
    <message>
        <source>Der ligger en journal i {1}. Intet er ændret.</source>
        <translation>There is a journal in {1}. Nothing has been changed.</translation>
    </message>
    <message>
        <source>Det er for sent at fortryde: det er sendt eller på vej. Det står i forløbet.</source>
        <translation>It is too late to undo: it has been sent or is on its way. It stands in the pathway.</translation>
    </message>
    <message>
        <source>Det oprindelige brev kan ikke identificeres i en kvittering.</source>
        <translation>The original letter cannot be identified in a receipt.</translation>
    </message>
    <message>
        <source>Det, der står i nøgleringen, er ikke en nøgle.</source>
        <translation>What stands in the keyring is no key.</translation>
    </message>
    <message>
        <source>Din rolle må ikke skrive det, så det er ikke sendt.</source>
        <translation>Your role may not write it, so it has not been sent.</translation>
    </message>
    <message>
        <source>Dine indstillinger i {1} er ikke rigtige: {2}. Filen er ikke ændret. Ret den, eller flyt den væk og start igen.</source>
        <translation>Your settings in {1} are not right: {2}. The file has not been changed. Correct it, or move it away and start again.</translation>
    </message>
    <message>
        <source>Dine indstillinger i {1} kan ikke læses. Filen er ikke ændret. Se efter, om du har adgang til mappen.</source>
        <translation>Your settings in {1} cannot be read. The file has not been changed. Check whether you have access to the folder.</translation>
    </message>
    <message>
        <source>Dine indstillinger kan ikke gemmes i {1}. De tidligere er bevaret. Se efter, om der er plads, og om du har adgang til mappen.</source>
        <translation>Your settings cannot be saved in {1}. The earlier ones are kept. Check whether there is room and whether you have access to the folder.</translation>
    </message>
    <message>
        <source>Disken er fuld. Det, du lige gjorde, er ikke gemt; alt før det er bevaret. Frigør plads, og gør det igen.</source>
        <translation>The disk is full. What you just did has not been saved; everything before it is kept. Make room, and do it again.</translation>
    </message>
    <message>
        <source>Du har ikke lov til at gemme i {1}. Vælg en anden mappe.</source>
        <translation>You are not allowed to save in {1}. Choose another folder.</translation>
    </message>
    <message>
        <source>En kollega nåede at tildele forløbet først; dit valg gælder ikke.</source>
        <translation>A colleague assigned the pathway first; your choice does not count.</translation>
    </message>
    <message>
        <source>En kollega svarede først, så dit svar er ikke sendt.</source>
        <translation>A colleague answered first, so your answer has not been sent.</translation>
    </message>
    <message>
        <source>En kommunal medarbejder var til stede ved indlæggelsen, så rapporten skal udfyldes og sendes. Intet er gemt.</source>
        <translation>A municipal employee was present at the admission, so the report must be filled in and sent. Nothing has been saved.</translation>
    </message>
    <message>
        <source>En kommunal medarbejder var til stede, så {1} skal udfyldes. Intet er sendt; teksten står, som du skrev den.</source>
        <translation>A municipal employee was present, so {1} must be filled in. Nothing has been sent; the text stands as you wrote it.</translation>
    </message>
    <message>
        <source>en lørdag</source>
        <translation>a Saturday</translation>
    </message>
    <message>
        <source>en søndag</source>
        <translation>a Sunday</translation>
    </message>
    <message>
        <source>Et andet program holder databasen låst. Det, du lige gjorde, er ikke gemt; alt før det er bevaret. Luk det andet program, og gør det igen.</source>
        <translation>Another program keeps the database locked. What you just did has not been saved; everything before it is kept. Close the other program, and do it again.</translation>
    </message>
    <message>
        <source>Et kuvert-, brev- eller forløbsnummer mangler eller er for langt.</source>
        <translation>An envelope, letter or episode number is missing or too long.</translation>
    </message>
    <message>
        <source>Et lokationsnummer mangler eller kan ikke bruges.</source>
        <translation>A location number is missing or cannot be used.</translation>
    </message>
    <message>
        <source>Feltet {1} er vist, som det kom.</source>
        <translation>The field {1} is shown as it came.</translation>
    </message>
    <message>
        <source>Fil {1} fylder {2} bytes, men er angivet til {3}.</source>
        <translation>File {1} takes {2} bytes, but is said to take {3}.</translation>
    </message>
    <message>
        <source>Filen '{1}' bruger den samme 'code' to gange.</source>
        <translation>The file '{1}' uses the same 'code' twice.</translation>
    </message>
    <message>
        <source>Filen '{1}' kan ikke læses ({2}).</source>
        <translation>The file '{1}' cannot be read ({2}).</translation>
    </message>
    <message>
        <source>Filen '{1}' mangler i 'resources/phrases'.</source>
        <translation>The file '{1}' is missing in 'resources/phrases'.</translation>
    </message>
    <message>
        <source>Filen er tom.</source>
        <translation>The file is empty.</translation>
    </message>
    <message>
        <source>Filen kunne ikke gemmes i {1}. Prøv igen.</source>
        <translation>The file could not be saved in {1}. Try again.</translation>
    </message>
    <message>
        <source>Filen {1} er åben i Word. Luk den, og prøv igen.</source>
        <translation>The file {1} is open in Word. Close it, and try again.</translation>
    </message>
    <message>
        <source>Filens navn må ikke indeholde et CPR-nummer eller en borgers navn. Vælg et andet.</source>
        <translation>The name of the file must not contain a CPR number or the name of a citizen. Choose another.</translation>
    </message>
    <message>
        <source>Finder gatewayen</source>
        <translation>Finding the gateway</translation>
    </message>
    <message>
        <source>Fjern miljøvariablen {1}, og start igen.</source>
        <translation>Remove the environment variable {1}, and start again.</translation>
    </message>
    <message>
        <source>Forbindelsen er afvist, fordi gatewayens certifikat ikke kan godkendes. Kontakt jeres it-afdeling.</source>
        <translation>The connection was refused because the certificate of the gateway cannot be verified. Contact your IT department.</translation>
    </message>
    <message>
        <source>Forløbet findes ikke længere på denne computer. Der er ikke skrevet noget notat.</source>
        <translation>The pathway is no longer on this computer. No note has been written.</translation>
    </message>
    <message>
        <source>Forløbet findes ikke længere på denne computer. Intet er sendt.</source>
        <translation>The pathway is no longer on this computer. Nothing has been sent.</translation>
    </message>
    <message>
        <source>Forløbet findes ikke længere på denne computer. Tjeklisten er ikke gemt. Prøv igen.</source>
        <translation>The pathway is no longer on this computer. The checklist was not saved. Try again.</translation>
    </message>
    <message>
        <source>Gatewayen afviser dit login, eller du har ikke adgang til det.</source>
        <translation>The gateway refuses your login, or you have no access to it.</translation>
    </message>
    <message>
        <source>Gatewayen afviser dit login. Alt er gemt og bliver sendt, når du er logget ind igen.</source>
        <translation>The gateway refuses your login. Everything is kept and will be sent when you are logged in again.</translation>
    </message>
    <message>
        <source>Gatewayen afviste det, så det er ikke sendt.</source>
        <translation>The gateway refused it, so it has not been sent.</translation>
    </message>
    <message>
        <source>Gatewayen er for gammel til dette program, eller dens adresse er forkert.</source>
        <translation>The gateway is too old for this program, or its address is wrong.</translation>
    </message>
    <message>
        <source>Gatewayen er gendannet fra en sikkerhedskopi; alt læses igen.</source>
        <translation>The gateway was restored from a backup; everything is read again.</translation>
    </message>
    <message>
        <source>Gatewayen forstår ikke dette program. Alt er gemt. Kontakt jeres it-afdeling.</source>
        <translation>The gateway does not understand this program. Everything is kept. Contact your IT department.</translation>
    </message>
    <message>
        <source>Gatewayen har fået en ny historik, som skal læses forfra. Din udbakke og dine kladder er bevaret; der synkroniseres igen af sig selv.</source>
        <translation>The gateway has a new history, which must be read from the beginning. Your outbox and your drafts are kept; synchronisation goes on by itself.</translation>
    </message>
    <message>
        <source>Gatewayen har ikke forløbet længere, så det er ikke sendt.</source>
        <translation>The gateway no longer has the pathway, so it has not been sent.</translation>
    </message>
    <message>
        <source>Gatewayen har travlt.</source>
        <translation>The gateway is busy.</translation>
    </message>
    <message>
        <source>Gatewayen kan ikke nås, så det kan ikke hentes nu. Intet er ændret. Prøv igen, når der er forbindelse.</source>
        <translation>The gateway cannot be reached, so it cannot be fetched now. Nothing has been changed. Try again when there is a connection.</translation>
    </message>
    <message>
        <source>Gatewayen kan ikke nås.</source>
        <translation>The gateway cannot be reached.</translation>
    </message>
    <message>
        <source>Gatewayen kan ikke tage imod en af hændelserne i udbakken.</source>
        <translation>The gateway cannot take one of the events in the outbox.</translation>
    </message>
    <message>
        <source>Gatewayen kender det ikke. Intet er ændret.</source>
        <translation>The gateway does not know it. Nothing has been changed.</translation>
    </message>
    <message>
        <source>Gatewayen kunne ikke bruge det, så det er ikke sendt.</source>
        <translation>The gateway could not use it, so it has not been sent.</translation>
    </message>
    <message>
        <source>Gatewayen svarede ikke i tide.</source>
        <translation>The gateway did not answer in time.</translation>
    </message>
    <message>
        <source>Gatewayen svarede med fejl {1}. Intet er ændret. Prøv igen.</source>
        <translation>The gateway answered with error {1}. Nothing has been changed. Try again.</translation>
    </message>
    <message>
        <source>Gatewayen svarede noget, dette program ikke kender, så det vides ikke, om det er sendt. Det kan prøves igen; det bliver aldrig sendt to gange.</source>
        <translation>The gateway answered something this program does not know, so it is not known whether it has been sent. It can be tried again; it is never sent twice.</translation>
    </message>
    <message>
        <source>Gatewayens adresse er ikke rigtig. Intet er ændret. Skriv den som https://visitator.kommune.dk.</source>
        <translation>The address of the gateway is not right. Nothing has been changed. Write it like https://visitator.kommune.dk.</translation>
    </message>
    <message>
        <source>Gatewayens adresse kan ikke bruges. Kontakt jeres it-afdeling.</source>
        <translation>The address of the gateway cannot be used. Contact your IT department.</translation>
    </message>
    <message>
        <source>Gatewayens adresse skal begynde med https, for ellers kan andre læse med. Intet er ændret.</source>
        <translation>The address of the gateway must begin with https, or else others can read along. Nothing has been changed.</translation>
    </message>
    <message>
        <source>Genoprettelsesnøglen er ikke skrevet rigtigt. Intet er ændret. Se efter, om alle 14 grupper er med, og prøv igen.</source>
        <translation>The recovery key is not written correctly. Nothing has been changed. Check that all 14 groups are there, and try again.</translation>
    </message>
    <message>
        <source>Gør demoen klar</source>
        <translation>Preparing the demo</translation>
    </message>
    <message>
        <source>Gør lister og søgning klar</source>
        <translation>Preparing lists and search</translation>
    </message>
    <message>
        <source>ikke angivet</source>
        <translation>not given</translation>
    </message>
    <message>
        <source>Ikke oplyst i de kilder, profilen bygger på.</source>
        <translation>Not stated in the sources the profile is built on.</translation>
    </message>
    <message>
        <source>Indholdet er ikke gyldig base64; det kan være afkortet undervejs.</source>
        <translation>The content is not valid base64; it may have been cut short on the way.</translation>
    </message>
    <message>
        <source>Indholdet fylder {1} bytes, men kuverten angiver {2}.</source>
        <translation>The content takes {1} bytes, but the envelope says {2}.</translation>
    </message>
    <message>
        <source>Indlæggelsen findes ikke længere på denne computer. Intet er gemt.</source>
        <translation>The admission is no longer on this computer. Nothing has been saved.</translation>
    </message>
    <message>
        <source>Indstillingerne er lagt på computeren i {1} og kan ikke ændres her. Tal med den, der driver computeren.</source>
        <translation>The settings were put on the computer in {1} and cannot be changed here. Talk to whoever runs the computer.</translation>
    </message>
    <message>
        <source>Indstillingerne kan ikke gemmes i {1}. De tidligere er bevaret.</source>
        <translation>The settings cannot be saved in {1}. The earlier ones are kept.</translation>
    </message>
    <message>
        <source>Indstillingsfilen {1} er ikke rigtig: {2}</source>
        <translation>The settings file {1} is not right: {2}</translation>
    </message>
    <message>
        <source>Indstillingsfilen {1} findes ikke.</source>
        <translation>There is no settings file {1}.</translation>
    </message>
    <message>
        <source>Indstillingsfilen {1} kan ikke læses.</source>
        <translation>The settings file {1} cannot be read.</translation>
    </message>
    <message>
        <source>Intet er gemt.</source>
        <translation>Nothing has been saved.</translation>
    </message>
    <message>
        <source>Intet er ændret.</source>
        <translation>Nothing has been changed.</translation>
    </message>
    <message>
        <source>Journalen på denne computer findes ikke længere. Det, der kan læses i Visitator, er urørt. Læg den nyeste sikkerhedskopi på plads: visitator recover --from. Er der ingen, begynder en tom journal med: visitator recover --new</source>
        <translation>The journal on this computer is gone. What can be read in Visitator is untouched. Put the newest backup in its place: visitator recover --from. If there is none, begin an empty journal with: visitator recover --new</translation>
    </message>
    <message>
        <source>Juledag</source>
        <translation>Christmas Day</translation>
    </message>
    <message>
        <source>Kalenderen kender kun årene {1} til {2}, ikke {3}.</source>
        <translation>The calendar knows only the years {1} to {2}, not {3}.</translation>
    </message>
    <message>
        <source>Kan ikke finde {1}. Filen er ikke gemt.</source>
        <translation>Cannot find {1}. The file was not saved.</translation>
    </message>
    <message>
        <source>Kristi himmelfartsdag</source>
        <translation>Ascension Day</translation>
    </message>
    <message>
        <source>Kun VANS-operatøren sender denne slags kvittering.</source>
        <translation>Only the VANS operator sends this kind of receipt.</translation>
    </message>
    <message>
        <source>Kuverten indeholder ingen breve.</source>
        <translation>The envelope holds no letters.</translation>
    </message>
    <message>
        <source>Langfredag</source>
        <translation>Good Friday</translation>
    </message>
    <message>
        <source>Låser databasen op</source>
        <translation>Unlocking the database</translation>
    </message>
    <message>
        <source>mappen {1}</source>
        <translation>the folder {1}</translation>
    </message>
    <message>
        <source>Mappen {1} med kommunens skabeloner til notater kan ikke findes. Der er ikke skrevet noget notat. Se efter, om netværket er der, eller tal med den, der driver computeren.</source>
        <translation>The folder {1} with the municipality's templates for notes cannot be found. No note has been written. Check whether the network is there, or talk to whoever runs the computer.</translation>
    </message>
    <message>
        <source>Meddelelsen er ikke gyldig XML.</source>
        <translation>The message is not valid XML.</translation>
    </message>
    <message>
        <source>Meddelelsen er større, end programmet modtager.</source>
        <translation>The message is larger than the program takes.</translation>
    </message>
    <message>
        <source>Meddelelsen indeholder en DTD; den afvises, og intet i den er slået op.</source>
        <translation>The message holds a DTD; it is refused, and nothing in it was looked up.</translation>
    </message>
    <message>
        <source>Meddelelsen kan ikke sendes: {1}</source>
        <translation>The message cannot be sent: {1}</translation>
    </message>
    <message>
        <source>Meddelelsens brevnummer er brugt før, så sygehuset ville se bort fra den. Send den igen.</source>
        <translation>The letter number of the message has been used before, so the hospital would disregard it. Send it again.</translation>
    </message>
    <message>
        <source>Meddelelsens elementer er indlejret dybere, end programmet læser.</source>
        <translation>The elements of the message are nested deeper than the program reads.</translation>
    </message>
    <message>
        <source>Meddelelsestypen er ukendt; alt dens indhold er vist råt.</source>
        <translation>The type of the message is unknown; all its content is shown raw.</translation>
    </message>
    <message>
        <source>Modtagerens</source>
        <translation>The recipient's</translation>
    </message>
    <message>
        <source>Navn mangler, eller en oplysning er over {1} tegn.</source>
        <translation>The name is missing, or something is over {1} characters.</translation>
    </message>
    <message>
        <source>Nytårsdag</source>
        <translation>New Year's Day</translation>
    </message>
    <message>
        <source>Nøglen i nøgleringen passer ikke til databasen, eller filens begyndelse er ødelagt. Databasen er urørt. Log på som den bruger, der plejer at bruge Visitator, eller læg databasen til side: så hentes alt, der er sendt, fra gatewayen.</source>
        <translation>The key in the keyring does not fit the database, or the beginning of the file is damaged. The database is untouched. Log on as the user who usually uses Visitator, or put the database aside: then everything that was sent is fetched from the gateway.</translation>
    </message>
    <message>
        <source>Nøglen til databasen kan ikke gemmes sikkert på denne computer. Intet er ændret. Visitator bruger kun styresystemets egen nøglering (Windows Legitimationsstyring, macOS Nøglering eller Secret Service).</source>
        <translation>The key to the database cannot be kept safely on this computer. Nothing has been changed. Visitator uses the operating system's own keyring only (Windows Credential Manager, macOS Keychain or Secret Service).</translation>
    </message>
    <message>
        <source>Nøglen til journalen på denne computer findes ikke i nøgleringen. Journalen er urørt. Log på som den bruger, der plejer at bruge Visitator, eller skriv genoprettelsesnøglen: visitator recover</source>
        <translation>The key to the journal on this computer is not in the keyring. The journal is untouched. Log on as the user who usually uses Visitator, or type the recovery key: visitator recover</translation>
    </message>
    <message>
        <source>Nøgleringen '{1}' bruges ikke.</source>
        <translation>The keyring '{1}' is not used.</translation>
    </message>
    <message>
        <source>Pinsedag</source>
        <translation>Whit Sunday</translation>
    </message>
    <message>
        <source>Planen er ændret, siden du begyndte at svare.</source>
        <translation>The plan has changed since you began to answer.</translation>
    </message>
    <message>
        <source>Planens egen tidsfrist: {1}</source>
        <translation>The plan's own time limit: {1}</translation>
    </message>
    <message>
        <source>Planens type er ukendt, så fristen er ikke beregnet.</source>
        <translation>The type of the plan is unknown, so the deadline has not been computed.</translation>
    </message>
    <message>
        <source>Planlagt udskrivning falder på {1}.</source>
        <translation>The planned discharge falls on {1}.</translation>
    </message>
    <message>
        <source>Programmets egen gateway kunne ikke startes på denne computer. Intet er ændret. Start Visitator igen; bliver det ved, så tal med den, der driver computeren.</source>
        <translation>The program's own gateway could not be started on this computer. Nothing has been changed. Start Visitator again; if it goes on, talk to whoever runs the computer.</translation>
    </message>
    <message>
        <source>Programmets mappe 'resources/{1}' mangler. Installer programmet igen.</source>
        <translation>The program's folder 'resources/{1}' is missing. Install the program again.</translation>
    </message>
    <message>
        <source>Påskedag</source>
        <translation>Easter Sunday</translation>
    </message>
    <message>
        <source>Sagsnummeret kan ikke bruges i et filnavn. Brug bogstaver, tal, bindestreg og punktum.</source>
        <translation>The case number cannot be used in a file name. Use letters, figures, hyphens and full stops.</translation>
    </message>
    <message>
        <source>Sagsnummeret må ikke indeholde borgerens CPR-nummer eller navn. Vælg et andet.</source>
        <translation>The case number must not hold the citizen's CPR number or name. Choose another.</translation>
    </message>
    <message>
        <source>Sen plan. {1}</source>
        <translation>Late plan. {1}</translation>
    </message>
    <message>
        <source>Siderne kan ikke vises: LibreOffice eller poppler er ikke på denne computer.</source>
        <translation>The pages cannot be shown: LibreOffice or poppler is not on this computer.</translation>
    </message>
    <message>
        <source>Siderne kan ikke vises: LibreOffice kunne ikke lægge notatet op.</source>
        <translation>The pages cannot be shown: LibreOffice could not lay out the note.</translation>
    </message>
    <message>
        <source>Skabelonen {1} kan ikke bruges. {2}</source>
        <translation>The template {1} cannot be used. {2}</translation>
    </message>
    <message>
        <source>Filen mangler. Installer programmet igen.</source>
        <translation>The file is missing. Install the program again.</translation>
    </message>
    <message>
        <source>Filen kan ikke læses.</source>
        <translation>The file cannot be read.</translation>
    </message>
    <message>
        <source>Filen er ikke et Word-dokument (.docx).</source>
        <translation>The file is not a Word document (.docx).</translation>
    </message>
    <message>
        <source>Felterne kan ikke udfyldes.</source>
        <translation>The fields cannot be filled in.</translation>
    </message>
    <message>
        <source>Den henter noget udefra ({1}).</source>
        <translation>It fetches something from elsewhere ({1}).</translation>
    </message>
    <message>
        <source>Et billede mangler alternativ tekst.</source>
        <translation>A picture has no alternative text.</translation>
    </message>
    <message>
        <source>Koden rækker ud over notatets felter.</source>
        <translation>The code reaches beyond the fields of the note.</translation>
    </message>
    <message>
        <source>En kode kan ikke læses.</source>
        <translation>A code cannot be read.</translation>
    </message>
    <message>
        <source>Feltet »{1}« findes ikke (kendte felter: {2}).</source>
        <translation>There is no field »{1}« (known fields: {2}).</translation>
    </message>
    <message>
        <source>Det står i dokumentet: »{1}«.</source>
        <translation>It stands in the document: »{1}«.</translation>
    </message>
    <message>
        <source>Det står i sidehovedet: »{1}«.</source>
        <translation>It stands in the header: »{1}«.</translation>
    </message>
    <message>
        <source>Det står i sidefoden: »{1}«.</source>
        <translation>It stands in the footer: »{1}«.</translation>
    </message>
    <message>
        <source>Skriv borgerens CPR-nummer eller navn. Intet er gemt.</source>
        <translation>Write the citizen's CPR number or name. Nothing has been saved.</translation>
    </message>
    <message>
        <source>Skriv borgerens efternavn. Intet er gemt.</source>
        <translation>Write the citizen's surname. Nothing has been saved.</translation>
    </message>
    <message>
        <source>Skriv både emne og tekst, før brevet sendes. Intet er sendt.</source>
        <translation>Write both a subject and a text before the letter is sent. Nothing has been sent.</translation>
    </message>
    <message>
        <source>Skriv noget, før det gemmes. Intet er gemt.</source>
        <translation>Write something before it is saved. Nothing has been saved.</translation>
    </message>
    <message>
        <source>Skriv noget, før rapporten sendes. Intet er sendt.</source>
        <translation>Write something before the report is sent. Nothing has been sent.</translation>
    </message>
    <message>
        <source>Skriv spørgsmålet, før det sendes. Intet er sendt.</source>
        <translation>Write the question before it is sent. Nothing has been sent.</translation>
    </message>
    <message>
        <source>Skriv, hvad notatet skal bruges til. Intet er gemt.</source>
        <translation>Write what the note is for. Nothing has been saved.</translation>
    </message>
    <message>
        <source>Skriv, hvorfor der ikke er noget at supplere. Intet er gemt.</source>
        <translation>Write why there is nothing to supplement. Nothing has been saved.</translation>
    </message>
    <message>
        <source>Skærtorsdag</source>
        <translation>Maundy Thursday</translation>
    </message>
    <message>
        <source>Store bededag</source>
        <translation>General Prayer Day</translation>
    </message>
    <message>
        <source>Styresystemets nøglering er låst eller svarer ikke. Databasen er urørt. Lås nøgleringen op, og start Visitator igen.</source>
        <translation>The keyring of the operating system is locked or does not answer. The database is untouched. Unlock the keyring, and start Visitator again.</translation>
    </message>
    <message>
        <source>Svaret er ikke sendt. Se, hvad der er nyt, og svar igen.</source>
        <translation>The answer has not been sent. See what is new, and answer again.</translation>
    </message>
    <message>
        <source>Svaret er ikke sendt; teksten er gemt som kladde. Se, hvad der er nyt, og svar igen.</source>
        <translation>The answer has not been sent; the text is kept as a draft. See what is new, and answer again.</translation>
    </message>
    <message>
        <source>Svaret kom ikke fra en Visitator-gateway. Ret adressen.</source>
        <translation>The answer did not come from a Visitator gateway. Correct the address.</translation>
    </message>
    <message>
        <source>Svaret kom ikke helt frem, eller det kom ikke fra gatewayen.</source>
        <translation>The answer did not arrive whole, or it did not come from the gateway.</translation>
    </message>
    <message>
        <source>Sygehuset har ikke kvitteret, og meddelelsen er sendt igen {1} gange. Kontakt sygehuset på anden vis.</source>
        <translation>The hospital has not receipted, and the message has been sent again {1} times. Contact the hospital in another way.</translation>
    </message>
    <message>
        <source>Sygehusets system afviste det uden at sige hvorfor.</source>
        <translation>The hospital's system refused it without saying why.</translation>
    </message>
    <message>
        <source>Sygehusets system afviste det: {1}</source>
        <translation>The hospital's system refused it: {1}</translation>
    </message>
    <message>
        <source>Sygehusets system har afvist svaret uden at sige hvorfor.</source>
        <translation>The hospital's system has refused the answer without saying why.</translation>
    </message>
    <message>
        <source>Synkroniseringen er standset af en fejl i programmet. Alt er gemt på computeren. Start Visitator igen.</source>
        <translation>Synchronisation was stopped by a fault in the program. Everything is kept on the computer. Start Visitator again.</translation>
    </message>
    <message>
        <source>Tegnsættet var {1} og er læst som {2}.</source>
        <translation>The character set was {1} and was read as {2}.</translation>
    </message>
    <message>
        <source>Teksten er bevaret.</source>
        <translation>The text is kept.</translation>
    </message>
    <message>
        <source>Tjeklisten '{1}' kan ikke læses ({2}).</source>
        <translation>The checklist '{1}' cannot be read ({2}).</translation>
    </message>
    <message>
        <source>Tjeklisten '{1}' mangler i 'resources/checklists'.</source>
        <translation>The checklist '{1}' is missing in 'resources/checklists'.</translation>
    </message>
    <message>
        <source>Tjeklisten '{1}' skal hedde '{2}.toml' som sit id.</source>
        <translation>The checklist '{1}' must be called '{2}.toml' like its id.</translation>
    </message>
    <message>
        <source>To notater ville få navnet {1}. Giv dem hver sit sagsnummer.</source>
        <translation>Two notes would get the name {1}. Give each its own case number.</translation>
    </message>
    <message>
        <source>Udskrivningens tidspunkt mangler.</source>
        <translation>The time of the discharge is missing.</translation>
    </message>
    <message>
        <source>Ukendt aftaleprofil '{1}'. Kendte profiler: {2}.</source>
        <translation>Unknown agreement profile '{1}'. Known profiles: {2}.</translation>
    </message>
    <message>
        <source>Venter på, at du tager stilling til dit tidligere svar i forløbet.</source>
        <translation>Waits until you have decided about your earlier answer in the pathway.</translation>
    </message>
    <message>
        <source>Visitator er allerede åben med denne database. Intet er ændret. Brug det vindue, der er åbent, eller luk det først.</source>
        <translation>Visitator is already open with this database. Nothing has been changed. Use the window that is open, or close it first.</translation>
    </message>
    <message>
        <source>Visitator er åben på denne computer. Intet er ændret. Luk Visitator, og skriv kommandoen igen.</source>
        <translation>Visitator is open on this computer. Nothing has been changed. Close Visitator, and type the command again.</translation>
    </message>
    <message>
        <source>Visitator skal opdateres, før der kan sendes. Alt er gemt og bliver sendt derefter.</source>
        <translation>Visitator must be updated before anything can be sent. Everything is kept and will be sent after that.</translation>
    </message>
    <message>
        <source>{1} er gemt i mappen, men det kunne ikke skrives i journalen: {2} Gem notatet igen.</source>
        <translation>{1} is saved in the folder, but this could not be written in the journal: {2} Save the note again.</translation>
    </message>
    <message>
        <source>{1} er gemt i mappen, men det kunne ikke skrives i journalen: {2} Gem tjeklisten igen.</source>
        <translation>{1} is saved in the folder, but this could not be written in the journal: {2} Save the checklist again.</translation>
    </message>
    <message>
        <source>{1} lokationsnummer mangler.</source>
        <translation>{1} location number is missing.</translation>
    </message>
    <message>
        <source>{1} lokationsnummer {2} er ikke 13 cifre med rigtigt kontrolciffer.</source>
        <translation>{1} location number {2} is not 13 digits with a right check digit.</translation>
    </message>
    <message>
        <source>{1} skal skrives med 1-64 bogstaver, cifre og tegnene . @ - _</source>
        <translation>{1} must be written with 1-64 letters, digits and the characters . @ - _</translation>
    </message>
    <message>
        <source>{1} svarede: {2}.</source>
        <translation>{1} answered: {2}.</translation>
    </message>
    <message>
        <source>{1}, linje {2}: {3}</source>
        <translation>{1}, line {2}: {3}</translation>
    </message>
    <message>
        <source>{1}: nøglen '{2}' mangler; kun status "unknown" kan undvære den</source>
        <translation>{1}: the key '{2}' is missing; only the status "unknown" can do without it</translation>
    </message>
    <message>
        <source>Åbner databasen</source>
        <translation>Opening the database</translation>
    </message>
</context>
</TS>
