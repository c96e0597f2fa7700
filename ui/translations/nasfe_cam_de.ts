<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
    <context>
    <name>Banner</name>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Close this notice</source>
        <translation>Diesen Hinweis schließen</translation>
    </message>
</context><context>
    <name>CameraChoice</name>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Use a clip or a picture as the camera</source>
        <translation>Einen Film oder ein Bild als Kamera verwenden</translation>
    </message>
    <message>
        <source>Clips and pictures</source>
        <translation>Filme und Bilder</translation>
    </message>
    <message>
        <source>A clip or picture …</source>
        <translation>Ein Film oder Bild …</translation>
    </message>
    <message>
        <source>Look for cameras again</source>
        <translation>Erneut nach Kameras suchen</translation>
    </message>
    <message>
        <source>Camera {number}</source>
        <translation>Kamera {number}</translation>
    </message>
</context><context>
    <name>CameraPage</name>
    <message>
        <source>State of the camera</source>
        <translation>Zustand der Kamera</translation>
    </message>
    <message>
        <source>Speed and device</source>
        <translation>Geschwindigkeit und Gerät</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Nothing leaves this computer.</source>
        <translation>Nichts verlässt diesen Computer.</translation>
    </message>
    <message>
        <source>The first picture is on its way …</source>
        <translation>Das erste Bild ist unterwegs …</translation>
    </message>
    <message>
        <source>&amp;Camera</source>
        <translation>&amp;Kamera</translation>
    </message>
    <message>
        <source>&amp;Person</source>
        <translation>&amp;Person</translation>
    </message>
    <message>
        <source>Strength of the restoration, in percent</source>
        <translation>Stärke der Verbesserung in Prozent</translation>
    </message>
    <message>
        <source>&amp;Strength</source>
        <translation>S&amp;tärke</translation>
    </message>
    <message>
        <source>Show &amp;before and after</source>
        <translation>&amp;Vorher und Nachher zeigen</translation>
    </message>
    <message>
        <source>&amp;Mirror the preview</source>
        <translation>Vorschau &amp;spiegeln</translation>
    </message>
    <message>
        <source>Only you see the mirror image; others never do.</source>
        <translation>Nur Sie sehen das Spiegelbild; andere nie.</translation>
    </message>
    <message>
        <source>&amp;Hold to see the original</source>
        <translation>&amp;Original zeigen (halten)</translation>
    </message>
    <message>
        <source>One moment …</source>
        <translation>Einen Moment …</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>Kein Bild</translation>
    </message>
    <message>
        <source>Press Start to see yourself.</source>
        <translation>Drücken Sie Start, um sich zu sehen.</translation>
    </message>
</context><context>
    <name>CameraWindow</name>
    <message>
        <source>The camera goes on. Open the window again from here.</source>
        <translation>Die Kamera läuft weiter. Öffnen Sie das Fenster hier wieder.</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Starting with the computer could not be changed ({reason}).</source>
        <translation>Der Start mit dem Computer konnte nicht geändert werden ({reason}).</translation>
    </message>
</context><context>
    <name>CheckDialog</name>
    <message>
        <source>Check this computer</source>
        <translation>Diesen Computer prüfen</translation>
    </message>
    <message>
        <source>Looking at cameras, networks and settings …</source>
        <translation>Kameras, Netze und Einstellungen werden angesehen …</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Problems found: {count}.</source>
        <translation>Gefundene Probleme: {count}.</translation>
    </message>
    <message>
        <source>Everything is in order.</source>
        <translation>Alles ist in Ordnung.</translation>
    </message>
</context><context>
    <name>DropArea</name>
    <message>
        <source>Drop 3 to 10 photos of one person here</source>
        <translation>Ziehen Sie 3 bis 10 Fotos einer Person hierher</translation>
    </message>
    <message>
        <source>Sharp, from close by, in different light; with and without a smile.</source>
        <translation>Scharf, aus der Nähe, in verschiedenem Licht; mit und ohne Lächeln.</translation>
    </message>
    <message>
        <source>Choose photos …</source>
        <translation>Fotos auswählen …</translation>
    </message>
    <message>
        <source>Use the webcam …</source>
        <translation>Webcam verwenden …</translation>
    </message>
</context><context>
    <name>FaceChoice</name>
    <message>
        <source>Which face is meant?</source>
        <translation>Welches Gesicht ist gemeint?</translation>
    </message>
    <message>
        <source>Face {place} from the left</source>
        <translation>Gesicht {place} von links</translation>
    </message>
    <message>
        <source>Click the face that is to be enrolled.</source>
        <translation>Klicken Sie auf das Gesicht, das gelernt werden soll.</translation>
    </message>
    <message>
        <source>Leave the photo out</source>
        <translation>Foto weglassen</translation>
    </message>
</context><context>
    <name>GuideDialog</name>
    <message>
        <source>Welcome</source>
        <translation>Willkommen</translation>
    </message>
    <message>
        <source>Welcome to NASFE Camera</source>
        <translation>Willkommen bei NASFE Camera</translation>
    </message>
    <message>
        <source>Add a few photos of yourself</source>
        <translation>Fügen Sie einige Fotos von sich hinzu</translation>
    </message>
    <message>
        <source>So that your face stays yours. They stay on this computer.</source>
        <translation>Damit Ihr Gesicht Ihres bleibt. Sie bleiben auf diesem Computer.</translation>
    </message>
    <message>
        <source>Press Start and look</source>
        <translation>Drücken Sie Start und schauen Sie</translation>
    </message>
    <message>
        <source>Drag the divider over the picture to see before and after.</source>
        <translation>Ziehen Sie den Teiler über das Bild, um Vorher und Nachher zu sehen.</translation>
    </message>
    <message>
        <source>Join your meeting</source>
        <translation>Treten Sie Ihrer Besprechung bei</translation>
    </message>
    <message>
        <source>Choose “NASFE Camera” there. It goes on when this window is closed.</source>
        <translation>Wählen Sie dort „NASFE Camera“. Sie läuft weiter, wenn dieses Fenster geschlossen ist.</translation>
    </message>
    <message>
        <source>Add photos</source>
        <translation>Fotos hinzufügen</translation>
    </message>
    <message>
        <source>Start without photos</source>
        <translation>Ohne Fotos starten</translation>
    </message>
</context><context>
    <name>InstallDialog</name>
    <message>
        <source>Install the virtual camera</source>
        <translation>Virtuelle Kamera installieren</translation>
    </message>
    <message>
        <source>Meeting programs see a virtual camera, which has to be installed once. Open a terminal and run this command:</source>
        <translation>Besprechungsprogramme sehen eine virtuelle Kamera, die einmal installiert werden muss. Öffnen Sie ein Terminal und führen Sie diesen Befehl aus:</translation>
    </message>
    <message>
        <source>Meeting programs see a virtual camera, which has to be installed once:</source>
        <translation>Besprechungsprogramme sehen eine virtuelle Kamera, die einmal installiert werden muss:</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Then press Start again.</source>
        <translation>Drücken Sie danach wieder Start.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context><context>
    <name>PeopleList</name>
    <message>
        <source>Enrolled</source>
        <translation>Bekannte Personen</translation>
    </message>
    <message>
        <source>Enrolled people</source>
        <translation>Bekannte Personen</translation>
    </message>
    <message>
        <source>Nobody yet. The camera works without, too.</source>
        <translation>Noch niemand. Die Kamera arbeitet auch ohne.</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Export …</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Delete …</source>
        <translation>Löschen …</translation>
    </message>
    <message>
        <source>Import …</source>
        <translation>Importieren …</translation>
    </message>
    <message>
        <source>Make anew from the kept photos</source>
        <translation>Aus den Fotos neu anlegen</translation>
    </message>
    <message>
        <source>Made by another version of this program.</source>
        <translation>Von einer anderen Version dieses Programms.</translation>
    </message>
    <message>
        <source>Made by another version of this program. Please choose photos again.</source>
        <translation>Von einer anderen Version dieses Programms. Bitte wählen Sie erneut Fotos.</translation>
    </message>
    <message>
        <source>This profile cannot be read. Delete it and enrol again.</source>
        <translation>Dieses Profil kann nicht gelesen werden. Löschen Sie es und legen Sie es neu an.</translation>
    </message>
    <message>
        <source>From {count} photos, {day}; no photos are kept.</source>
        <translation>Aus {count} Fotos, {day}; keine Fotos aufbewahrt.</translation>
    </message>
    <message>
        <source>From {count} photos, {day}; small copies are kept.</source>
        <translation>Aus {count} Fotos, {day}; kleine Kopien aufbewahrt.</translation>
    </message>
    <message>
        <source>Delete {name}, with the photos kept of them, for good?</source>
        <translation>{name} mit den aufbewahrten Fotos endgültig löschen?</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>There is a person of this name already. Replace it?</source>
        <translation>Es gibt schon eine Person dieses Namens. Ersetzen?</translation>
    </message>
</context><context>
    <name>PeoplePage</name>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name of the person</source>
        <translation>Name der Person</translation>
    </message>
    <message>
        <source>Keep small copies of the photos</source>
        <translation>Kleine Kopien der Fotos aufbewahren</translation>
    </message>
    <message>
        <source>So that nobody has to ask for photos again when the network changes.</source>
        <translation>Damit niemand erneut um Fotos bitten muss, wenn sich das Netz ändert.</translation>
    </message>
    <message>
        <source>Enrol</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>Choose photos</source>
        <translation>Fotos auswählen</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Please enter a name first.</source>
        <translation>Bitte geben Sie zuerst einen Namen ein.</translation>
    </message>
    <message>
        <source>{name} is enrolled already. Put the new profile in its place?</source>
        <translation>{name} gibt es schon. Durch das neue Profil ersetzen?</translation>
    </message>
    <message>
        <source>{name} is enrolled from {count} photos and chosen for the camera.</source>
        <translation>{name} ist aus {count} Fotos angelegt und für die Kamera gewählt.</translation>
    </message>
    <message>
        <source>{name} is enrolled from 1 photo and chosen for the camera.</source>
        <translation>{name} ist aus 1 Foto angelegt und für die Kamera gewählt.</translation>
    </message>
    <message>
        <source>Cancelled; nothing was kept.</source>
        <translation>Abgebrochen; nichts wurde aufbewahrt.</translation>
    </message>
</context><context>
    <name>PersonChoice</name>
    <message>
        <source>Person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>Anybody</source>
        <translation>Irgendjemand</translation>
    </message>
    <message>
        <source>{name} (missing)</source>
        <translation>{name} (fehlt)</translation>
    </message>
    <message>
        <source>Add a person …</source>
        <translation>Eine Person hinzufügen …</translation>
    </message>
</context><context>
    <name>PhotoCard</name>
    <message>
        <source>Waiting …</source>
        <translation>Wartet …</translation>
    </message>
    <message>
        <source>Choose the face …</source>
        <translation>Gesicht auswählen …</translation>
    </message>
    <message>
        <source>Leave {name} out</source>
        <translation>{name} weglassen</translation>
    </message>
    <message>
        <source>Good.</source>
        <translation>Gut.</translation>
    </message>
</context><context>
    <name>Preview</name>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Left and right move the divider. Hold the space bar to see the original.</source>
        <translation>Links und rechts bewegen den Teiler. Halten Sie die Leertaste gedrückt, um das Original zu sehen.</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
</context><context>
    <name>SettingsPage</name>
    <message>
        <source>Some changes take effect when the camera starts again.</source>
        <translation>Einige Änderungen gelten erst, wenn die Kamera neu startet.</translation>
    </message>
    <message>
        <source>Start it again now</source>
        <translation>Jetzt neu starten</translation>
    </message>
    <message>
        <source>This window</source>
        <translation>Dieses Fenster</translation>
    </message>
    <message>
        <source>Start with the computer</source>
        <translation>Mit dem Computer starten</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Takes effect when the window is opened again.</source>
        <translation>Gilt, sobald das Fenster wieder geöffnet wird.</translation>
    </message>
    <message>
        <source>Applies at once.</source>
        <translation>Gilt sofort.</translation>
    </message>
</context><context>
    <name>Tray</name>
    <message>
        <source>Open NASFE Camera</source>
        <translation>NASFE Camera öffnen</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Stop the camera</source>
        <translation>Kamera stoppen</translation>
    </message>
    <message>
        <source>Start the camera</source>
        <translation>Kamera starten</translation>
    </message>
    <message>
        <source>Quit, leave the camera on</source>
        <translation>Beenden, Kamera anlassen</translation>
    </message>
</context><context>
    <name>WebcamEnrolment</name>
    <message>
        <source>Enrol with the webcam</source>
        <translation>Mit der Webcam anlegen</translation>
    </message>
    <message>
        <source>One moment …</source>
        <translation>Einen Moment …</translation>
    </message>
    <message>
        <source>Look into the camera.</source>
        <translation>Schauen Sie in die Kamera.</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Was zu tun ist</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context><context>
    <name>nasfe_cam</name>
    <message>
        <source>Where pictures come from</source>
        <translation>Woher die Bilder kommen</translation>
    </message>
    <message>
        <source>How the face is followed</source>
        <translation>Wie dem Gesicht gefolgt wird</translation>
    </message>
    <message>
        <source>How the face is repaired</source>
        <translation>Wie das Gesicht verbessert wird</translation>
    </message>
    <message>
        <source>Where pictures go</source>
        <translation>Wohin die Bilder gehen</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Camera number, camera name, or path of a video, picture or device.</source>
        <translation>Nummer oder Name der Kamera oder Pfad eines Films, Bildes oder Geräts.</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Width asked of the camera, in pixels.</source>
        <translation>Breite, um die die Kamera gebeten wird, in Pixeln.</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>Height asked of the camera, in pixels.</source>
        <translation>Höhe, um die die Kamera gebeten wird, in Pixeln.</translation>
    </message>
    <message>
        <source>Frame rate</source>
        <translation>Bildrate</translation>
    </message>
    <message>
        <source>Frame rate asked of the camera, per second.</source>
        <translation>Bilder je Sekunde, um die die Kamera gebeten wird.</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Play a video file again from its start when it ends.</source>
        <translation>Einen Film an seinem Ende von vorn abspielen.</translation>
    </message>
    <message>
        <source>Simulate bad webcam</source>
        <translation>Schlechte Webcam nachahmen</translation>
    </message>
    <message>
        <source>Blur, darken and add noise to the picture first, in percent; %1 is off.</source>
        <translation>Das Bild zuerst unscharf, dunkel und verrauscht machen, in Prozent; %1 ist aus.</translation>
    </message>
    <message>
        <source>Steadiness at rest</source>
        <translation>Ruhe im Stillstand</translation>
    </message>
    <message>
        <source>One-Euro cutoff at rest, in hertz; lower is steadier.</source>
        <translation>Grenzfrequenz des One-Euro-Filters im Stillstand, in Hertz; niedriger ist ruhiger.</translation>
    </message>
    <message>
        <source>Speed coefficient</source>
        <translation>Geschwindigkeitsbeiwert</translation>
    </message>
    <message>
        <source>One-Euro gain per pixel/second; higher follows faster.</source>
        <translation>Verstärkung des One-Euro-Filters je Pixel/Sekunde; höher folgt schneller.</translation>
    </message>
    <message>
        <source>Fade seconds</source>
        <translation>Überblendzeit</translation>
    </message>
    <message>
        <source>Time in which restoration fades in and out, in seconds.</source>
        <translation>Zeit, in der die Verbesserung ein- und ausgeblendet wird, in Sekunden.</translation>
    </message>
    <message>
        <source>Maximum faces</source>
        <translation>Höchstzahl der Gesichter</translation>
    </message>
    <message>
        <source>Faces looked for when choosing one.</source>
        <translation>Gesichter, unter denen eines gewählt wird.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Name of the network.</source>
        <translation>Name des Netzes.</translation>
    </message>
    <message>
        <source>Folder of models</source>
        <translation>Ordner der Modelle</translation>
    </message>
    <message>
        <source>Folder of other model files with their manifest.toml; empty: the shipped.</source>
        <translation>Ordner anderer Modelldateien mit ihrer manifest.toml; leer: die mitgelieferten.</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>Strength of the restoration, in percent.</source>
        <translation>Stärke der Verbesserung in Prozent.</translation>
    </message>
    <message>
        <source>Tone match</source>
        <translation>Angleichung der Töne</translation>
    </message>
    <message>
        <source>How far the rest of the picture follows the face, in percent.</source>
        <translation>Wie weit der Rest des Bildes dem Gesicht folgt, in Prozent.</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>Name of the enrolled person; empty for none.</source>
        <translation>Name der bekannten Person; leer für keine.</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Where the network runs: an NVIDIA card if there is one, else the CPU %1; or the CPU, Intel's GPU or NPU, or the NVIDIA card.</source>
        <translation>Wo das Netz rechnet: auf einer NVIDIA-Karte, wenn es eine gibt, sonst auf der CPU %1; oder auf der CPU, auf Intels GPU oder NPU, oder auf der NVIDIA-Karte.</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Arithmetic: auto takes the fastest that the CPU has.</source>
        <translation>Rechenart: auto nimmt die schnellste, die der Prozessor hat.</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>CPU threads of the network; %1 leaves one of four to the rest.</source>
        <translation>Threads des Netzes; %1 lässt einen von vieren für alles andere.</translation>
    </message>
    <message>
        <source>Restored frames</source>
        <translation>Verbesserte Bilder</translation>
    </message>
    <message>
        <source>Frames restored: auto does fewer while the machine is too slow or on battery.</source>
        <translation>Welche Bilder verbessert werden: auto lässt einige aus, solange der Rechner zu langsam ist oder mit Akku läuft.</translation>
    </message>
    <message>
        <source>Observe rate</source>
        <translation>Beobachtungsrate</translation>
    </message>
    <message>
        <source>How often light and noise are judged, per second.</source>
        <translation>Wie oft Licht und Rauschen beurteilt werden, je Sekunde.</translation>
    </message>
    <message>
        <source>Outputs</source>
        <translation>Ausgaben</translation>
    </message>
    <message>
        <source>Any of camera, file, preview, none.</source>
        <translation>Beliebige von camera, file, preview, none.</translation>
    </message>
    <message>
        <source>Output width, in pixels.</source>
        <translation>Breite der Ausgabe in Pixeln.</translation>
    </message>
    <message>
        <source>Output height, in pixels.</source>
        <translation>Höhe der Ausgabe in Pixeln.</translation>
    </message>
    <message>
        <source>Output frame rate, per second.</source>
        <translation>Bilder der Ausgabe je Sekunde.</translation>
    </message>
    <message>
        <source>Picture shape</source>
        <translation>Bildformat</translation>
    </message>
    <message>
        <source>Fill with bars %1 or cut edges %2.</source>
        <translation>Mit Balken füllen %1 oder Ränder abschneiden %2.</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Bezeichnung</translation>
    </message>
    <message>
        <source>Name of the virtual camera to write to.</source>
        <translation>Name der virtuellen Kamera, in die geschrieben wird.</translation>
    </message>
    <message>
        <source>Webcam pauses after</source>
        <translation>Webcam pausiert nach</translation>
    </message>
    <message>
        <source>Release the webcam when nobody has watched for so long, in seconds; %1 never.</source>
        <translation>Die Webcam freigeben, wenn so lange niemand zugesehen hat, in Sekunden; %1: nie.</translation>
    </message>
    <message>
        <source>Notice without pictures after</source>
        <translation>Hinweis ohne Bilder nach</translation>
    </message>
    <message>
        <source>Show the notice card when no new picture came for so long, in seconds.</source>
        <translation>Den Hinweis zeigen, wenn so lange kein neues Bild kam, in Sekunden.</translation>
    </message>
    <message>
        <source>Notice after a crash</source>
        <translation>Hinweis nach einem Absturz</translation>
    </message>
    <message>
        <source>Go on showing the notice card after a crash of the program, in seconds.</source>
        <translation>Den Hinweis nach einem Absturz des Programms so lange weiter zeigen, in Sekunden.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Video file to write for the output %1.</source>
        <translation>Filmdatei für die Ausgabe %1.</translation>
    </message>
    <message>
        <source>%1 photo is enough to begin; with %2 to %3 the profile is better.</source>
        <translation>%1 Foto genügt für den Anfang; mit %2 bis %3 wird das Profil besser.</translation>
    </message>
    <message>
        <source>All photos are in much the same light; add one by daylight, one by lamplight, one lit from the side.</source>
        <translation>Alle Fotos haben fast dasselbe Licht; fügen Sie eines bei Tageslicht, eines bei Lampenlicht und eines mit Licht von der Seite hinzu.</translation>
    </message>
    <message>
        <source>The face has the same expression in all photos; add one with a smile and one without.</source>
        <translation>Das Gesicht hat auf allen Fotos denselben Ausdruck; fügen Sie eines mit und eines ohne Lächeln hinzu.</translation>
    </message>
    <message>
        <source>Sit in front of the camera, so that your whole face is in the picture.</source>
        <translation>Setzen Sie sich vor die Kamera, sodass Ihr ganzes Gesicht im Bild ist.</translation>
    </message>
    <message>
        <source>Please be alone in the picture.</source>
        <translation>Bitte seien Sie allein im Bild.</translation>
    </message>
    <message>
        <source>Come a little closer to the camera.</source>
        <translation>Kommen Sie etwas näher an die Kamera.</translation>
    </message>
    <message>
        <source>It is too dark: turn to a window, or switch on a lamp before you.</source>
        <translation>Es ist zu dunkel: Wenden Sie sich einem Fenster zu oder schalten Sie vor sich eine Lampe ein.</translation>
    </message>
    <message>
        <source>The light on your face is too strong: turn away from it a little.</source>
        <translation>Das Licht auf Ihrem Gesicht ist zu stark: Wenden Sie sich etwas davon ab.</translation>
    </message>
    <message>
        <source>Hold still.</source>
        <translation>Halten Sie still.</translation>
    </message>
    <message>
        <source>Keep your eyes open.</source>
        <translation>Lassen Sie die Augen offen.</translation>
    </message>
    <message>
        <source>Take off your sunglasses, or turn to the light.</source>
        <translation>Nehmen Sie die Sonnenbrille ab oder wenden Sie sich zum Licht.</translation>
    </message>
    <message>
        <source>Uncover your mouth and chin.</source>
        <translation>Machen Sie Mund und Kinn frei.</translation>
    </message>
    <message>
        <source>Look straight into the camera.</source>
        <translation>Schauen Sie gerade in die Kamera.</translation>
    </message>
    <message>
        <source>Turn your head a little to your left.</source>
        <translation>Drehen Sie den Kopf etwas nach links.</translation>
    </message>
    <message>
        <source>Turn your head a little to your right.</source>
        <translation>Drehen Sie den Kopf etwas nach rechts.</translation>
    </message>
    <message>
        <source>Not so far: turn back a little.</source>
        <translation>Nicht so weit: Drehen Sie etwas zurück.</translation>
    </message>
    <message>
        <source>Lift your chin a little.</source>
        <translation>Heben Sie das Kinn etwas.</translation>
    </message>
    <message>
        <source>Lower your chin a little.</source>
        <translation>Senken Sie das Kinn etwas.</translation>
    </message>
    <message>
        <source>Look into the camera once more, and smile.</source>
        <translation>Schauen Sie noch einmal in die Kamera und lächeln Sie.</translation>
    </message>
    <message>
        <source>Good, stay like that.</source>
        <translation>Gut, bleiben Sie so.</translation>
    </message>
    <message>
        <source>Thank you, that is all.</source>
        <translation>Danke, das ist alles.</translation>
    </message>
    <message>
        <source>The photo cannot be read %1. Save it again as JPEG or PNG, or leave it out.</source>
        <translation>Das Foto kann nicht gelesen werden %1. Speichern Sie es neu als JPEG oder PNG oder lassen Sie es weg.</translation>
    </message>
    <message>
        <source>No face was found. Choose a photo in which your face looks at the camera, unhidden.</source>
        <translation>Es wurde kein Gesicht gefunden. Wählen Sie ein Foto, auf dem Ihr Gesicht unverdeckt in die Kamera schaut.</translation>
    </message>
    <message>
        <source>%1 faces are in it. Say which one is yours, or choose a photo of you alone.</source>
        <translation>Es zeigt %1 Gesichter. Sagen Sie, welches Ihres ist, oder wählen Sie ein Foto von Ihnen allein.</translation>
    </message>
    <message>
        <source>The head takes %1 pixels, and %2 are needed. Choose a photo from closer by, or one with more pixels.</source>
        <translation>Der Kopf ist %1 Pixel groß, nötig sind %2. Wählen Sie ein Foto aus der Nähe oder eines mit mehr Pixeln.</translation>
    </message>
    <message>
        <source>The face is too dark. Choose a photo with light on your face.</source>
        <translation>Das Gesicht ist zu dunkel. Wählen Sie ein Foto mit Licht auf dem Gesicht.</translation>
    </message>
    <message>
        <source>Parts of the face are burnt out to white. Choose a photo with softer light.</source>
        <translation>Teile des Gesichts sind weiß überstrahlt. Wählen Sie ein Foto mit weicherem Licht.</translation>
    </message>
    <message>
        <source>The face is blurred. Choose a sharp photo.</source>
        <translation>Das Gesicht ist unscharf. Wählen Sie ein scharfes Foto.</translation>
    </message>
    <message>
        <source>The head is turned or tilted too far. Choose a photo that shows both eyes and cheeks.</source>
        <translation>Der Kopf ist zu weit gedreht oder geneigt. Wählen Sie ein Foto, das beide Augen und Wangen zeigt.</translation>
    </message>
    <message>
        <source>The eyes are closed. Choose a photo with open eyes.</source>
        <translation>Die Augen sind geschlossen. Wählen Sie ein Foto mit offenen Augen.</translation>
    </message>
    <message>
        <source>An eye is hidden, as by sunglasses, hair or a deep shadow. Choose a photo that shows both eyes.</source>
        <translation>Ein Auge ist verdeckt, etwa durch Sonnenbrille, Haare oder tiefen Schatten. Wählen Sie ein Foto, das beide Augen zeigt.</translation>
    </message>
    <message>
        <source>Nose and mouth are covered, as by a mask or a scarf. Choose a photo that shows your whole face.</source>
        <translation>Nase und Mund sind verdeckt, etwa durch Maske oder Schal. Wählen Sie ein Foto, das Ihr ganzes Gesicht zeigt.</translation>
    </message>
    <message>
        <source>It hardly differs from %1. Choose a photo from another day or in other light.</source>
        <translation>Es unterscheidet sich kaum von %1. Wählen Sie ein Foto von einem anderen Tag oder in anderem Licht.</translation>
    </message>
    <message>
        <source>It shows another person than the other photos. Leave it out, or enrol that person under a name of their own.</source>
        <translation>Es zeigt eine andere Person als die übrigen Fotos. Lassen Sie es weg oder legen Sie diese Person unter eigenem Namen an.</translation>
    </message>
    <message>
        <source>%1 better photos were taken. Nothing need be done about it.</source>
        <translation>%1 bessere Fotos wurden genommen. Sie müssen nichts tun.</translation>
    </message>
    <message>
        <source>The photos show different people, and none of them most often %1. Choose photos of one person.</source>
        <translation>Die Fotos zeigen verschiedene Personen und keine am häufigsten %1. Wählen Sie Fotos einer Person.</translation>
    </message>
    <message>
        <source>Enrolment was cancelled; nothing was kept. Start it again at any time.</source>
        <translation>Das Anlegen wurde abgebrochen; nichts wurde aufbewahrt. Sie können jederzeit neu beginnen.</translation>
    </message>
    <message>
        <source>A profile cannot be called %1: it is empty. Use up to %2 letters, digits, spaces, %3, %4 and %5.</source>
        <translation>Ein Profil kann nicht %1 heißen: Der Name ist leer. Verwenden Sie bis zu %2 Buchstaben, Ziffern, Leerzeichen, %3, %4 und %5.</translation>
    </message>
    <message>
        <source>A profile cannot be called %1: it is too long. Use up to %2 letters, digits, spaces, %3, %4 and %5.</source>
        <translation>Ein Profil kann nicht %1 heißen: Der Name ist zu lang. Verwenden Sie bis zu %2 Buchstaben, Ziffern, Leerzeichen, %3, %4 und %5.</translation>
    </message>
    <message>
        <source>A profile cannot be called %1: it ends with a space. Use up to %2 letters, digits, spaces, %3, %4 and %5.</source>
        <translation>Ein Profil kann nicht %1 heißen: Der Name endet mit einem Leerzeichen. Verwenden Sie bis zu %2 Buchstaben, Ziffern, Leerzeichen, %3, %4 und %5.</translation>
    </message>
    <message>
        <source>A profile cannot be called %1: it holds %2. Use up to %3 letters, digits, spaces, %4, %5 and %6.</source>
        <translation>Ein Profil kann nicht %1 heißen: Der Name enthält %2. Verwenden Sie bis zu %3 Buchstaben, Ziffern, Leerzeichen, %4, %5 und %6.</translation>
    </message>
    <message>
        <source>A profile cannot be called %1: it begins with %2. Use up to %3 letters, digits, spaces, %4, %5 and %6.</source>
        <translation>Ein Profil kann nicht %1 heißen: Der Name beginnt mit %2. Verwenden Sie bis zu %3 Buchstaben, Ziffern, Leerzeichen, %4, %5 und %6.</translation>
    </message>
    <message>
        <source>A profile cannot be called %1: Windows keeps this name for itself. Use up to %2 letters, digits, spaces, %3, %4 and %5.</source>
        <translation>Ein Profil kann nicht %1 heißen: Windows behält sich diesen Namen vor. Verwenden Sie bis zu %2 Buchstaben, Ziffern, Leerzeichen, %3, %4 und %5.</translation>
    </message>
</context><context>
    <name>remedies</name>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>How to install it …</source>
        <translation>So wird sie installiert …</translation>
    </message>
    <message>
        <source>Show the preview only</source>
        <translation>Nur die Vorschau zeigen</translation>
    </message>
    <message>
        <source>Choose another camera</source>
        <translation>Andere Kamera wählen</translation>
    </message>
    <message>
        <source>See the people</source>
        <translation>Personen ansehen</translation>
    </message>
    <message>
        <source>See the settings</source>
        <translation>Einstellungen ansehen</translation>
    </message>
    <message>
        <source>Check this computer …</source>
        <translation>Diesen Computer prüfen …</translation>
    </message>
    <message>
        <source>The virtual camera “{label}” is not installed, so other programs cannot see the picture.</source>
        <translation>Die virtuelle Kamera „{label}“ ist nicht installiert; andere Programme können das Bild nicht sehen.</translation>
    </message>
    <message>
        <source>The virtual camera “{label}” cannot be opened ({reason}). Close the program that writes to it.</source>
        <translation>Die virtuelle Kamera „{label}“ kann nicht geöffnet werden ({reason}). Schließen Sie das Programm, das in sie schreibt.</translation>
    </message>
    <message>
        <source>Camera “{name}” was not found. Plug it in, or choose another.</source>
        <translation>Die Kamera „{name}“ wurde nicht gefunden. Schließen Sie sie an oder wählen Sie eine andere.</translation>
    </message>
    <message>
        <source>Camera “{name}” gives no picture; another program may be using it. Close that program.</source>
        <translation>Die Kamera „{name}“ liefert kein Bild; vielleicht verwendet sie ein anderes Programm. Schließen Sie dieses.</translation>
    </message>
    <message>
        <source>You may not open camera “{name}” ({path}). Add yourself to its group, usually with: sudo usermod -aG video $USER, then log in again.</source>
        <translation>Sie dürfen die Kamera „{name}“ ({path}) nicht öffnen. Fügen Sie sich ihrer Gruppe hinzu, meist mit: sudo usermod -aG video $USER, und melden Sie sich neu an.</translation>
    </message>
    <message>
        <source>“{label}” is the virtual camera that this program itself writes to.</source>
        <translation>„{label}“ ist die virtuelle Kamera, in die dieses Programm selbst schreibt.</translation>
    </message>
    <message>
        <source>There is no file {path}.</source>
        <translation>Es gibt keine Datei {path}.</translation>
    </message>
    <message>
        <source>{source} is a network address; nothing is ever read from a network.</source>
        <translation>{source} ist eine Netzwerkadresse; aus einem Netzwerk wird nie gelesen.</translation>
    </message>
    <message>
        <source>{path} cannot be shown ({reason}).</source>
        <translation>{path} kann nicht gezeigt werden ({reason}).</translation>
    </message>
    <message>
        <source>The profile “{name}” cannot be used; the camera goes on without it. Enrol again.</source>
        <translation>Das Profil „{name}“ kann nicht verwendet werden; die Kamera läuft ohne es weiter. Legen Sie es neu an.</translation>
    </message>
</context><context>
    <name>words</name>
    <message>
        <source>The camera is off</source>
        <translation>Die Kamera ist aus</translation>
    </message>
    <message>
        <source>Starting the camera …</source>
        <translation>Die Kamera startet …</translation>
    </message>
    <message>
        <source>The camera is being switched off …</source>
        <translation>Die Kamera wird ausgeschaltet …</translation>
    </message>
    <message>
        <source>The camera stopped unexpectedly and is being started again …</source>
        <translation>Die Kamera ist unerwartet ausgefallen und wird neu gestartet …</translation>
    </message>
    <message>
        <source>The camera could not start</source>
        <translation>Die Kamera konnte nicht starten</translation>
    </message>
    <message>
        <source>The camera does not answer</source>
        <translation>Die Kamera antwortet nicht</translation>
    </message>
    <message>
        <source>The camera is on</source>
        <translation>Die Kamera ist an</translation>
    </message>
    <message>
        <source>the network is being loaded</source>
        <translation>das Netz wird geladen</translation>
    </message>
    <message>
        <source>{fps} pictures per second  ·  {delay} ms delay  ·  {device}</source>
        <translation>{fps} Bilder je Sekunde  ·  {delay} ms Verzögerung  ·  {device}</translation>
    </message>
    <message>
        <source>not repaired: the computer is too busy</source>
        <translation>nicht verbessert: Der Rechner ist überlastet</translation>
    </message>
    <message>
        <source>lighter repair to save the battery</source>
        <translation>sparsamer verbessert, um den Akku zu schonen</translation>
    </message>
    <message>
        <source>lighter repair: the computer is busy</source>
        <translation>sparsamer verbessert: Der Rechner ist ausgelastet</translation>
    </message>
    <message>
        <source>The network is being loaded.</source>
        <translation>Das Netz wird geladen.</translation>
    </message>
    <message>
        <source>Computed by {device}: {reason}.</source>
        <translation>Berechnet von {device}: {reason}.</translation>
    </message>
    <message>
        <source>The camera was unplugged; viewers see a notice</source>
        <translation>Die Kamera wurde abgezogen; Zuschauer sehen einen Hinweis</translation>
    </message>
    <message>
        <source>Preview only: no other program gets the picture</source>
        <translation>Nur Vorschau: Kein anderes Programm erhält das Bild</translation>
    </message>
    <message>
        <source>The virtual camera is being opened …</source>
        <translation>Die virtuelle Kamera wird geöffnet …</translation>
    </message>
    <message>
        <source>The virtual camera is gone</source>
        <translation>Die virtuelle Kamera ist verschwunden</translation>
    </message>
    <message>
        <source>Viewers see a notice until pictures come</source>
        <translation>Zuschauer sehen einen Hinweis, bis Bilder kommen</translation>
    </message>
    <message>
        <source>Nobody is watching: paused</source>
        <translation>Niemand sieht zu: pausiert</translation>
    </message>
    <message>
        <source>On: choose “NASFE Camera” in your meeting</source>
        <translation>An: Wählen Sie „NASFE Camera“ in Ihrer Besprechung</translation>
    </message>
    <message>
        <source>On, and nobody is watching</source>
        <translation>An, und niemand schaut zu</translation>
    </message>
    <message>
        <source>In use by 1 program</source>
        <translation>Von 1 Programm verwendet</translation>
    </message>
    <message>
        <source>In use by {count} programs</source>
        <translation>Von {count} Programmen verwendet</translation>
    </message>
</context></TS>
