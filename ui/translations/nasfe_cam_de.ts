<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
    <context>
    <name>AmountSlider</name>
    <message>
        <source>Auto</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>{what}: automatic</source>
        <translation>{what}: automatisch</translation>
    </message>
</context><context>
    <name>Banner</name>
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
        <translation>Ein Video oder ein Bild als Kamera verwenden</translation>
    </message>
    <message>
        <source>Clips and pictures</source>
        <translation>Videos und Bilder</translation>
    </message>
    <message>
        <source>A clip or picture …</source>
        <translation>Video oder Bild …</translation>
    </message>
    <message>
        <source>Look for cameras again</source>
        <translation>Erneut nach Kameras suchen</translation>
    </message>
    <message>
        <source>The first camera</source>
        <translation>Die erste Kamera</translation>
    </message>
    <message>
        <source>No camera found</source>
        <translation>Keine Kamera gefunden</translation>
    </message>
    <message>
        <source>{camera}, not found</source>
        <translation>{camera}, nicht gefunden</translation>
    </message>
    <message>
        <source>Camera {number}</source>
        <translation>Kamera {number}</translation>
    </message>
</context><context>
    <name>CameraPage</name>
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
        <translation>Alles bleibt auf diesem Computer.</translation>
    </message>
    <message>
        <source>Waiting for the first picture …</source>
        <translation>Warten auf das erste Bild …</translation>
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
        <source>&amp;Light</source>
        <translation>&amp;Licht</translation>
    </message>
    <message>
        <source>Light, in percent</source>
        <translation>Licht, in Prozent</translation>
    </message>
    <message>
        <source>How much darkness is lifted, in the whole picture.</source>
        <translation>Wie stark Dunkelheit aufgehellt wird, im ganzen Bild.</translation>
    </message>
    <message>
        <source>&amp;Retouch</source>
        <translation>&amp;Retusche</translation>
    </message>
    <message>
        <source>Retouch, in percent</source>
        <translation>Retusche, in Prozent</translation>
    </message>
    <message>
        <source>How much noise and blur are removed.</source>
        <translation>Wie viel Rauschen und Unschärfe entfernt werden.</translation>
    </message>
    <message>
        <source>Show &amp;before and after</source>
        <translation>&amp;Vorher und nachher zeigen</translation>
    </message>
    <message>
        <source>&amp;Mirror the preview</source>
        <translation>Vorschau &amp;spiegeln</translation>
    </message>
    <message>
        <source>Only your preview is mirrored; others see you the right way round.</source>
        <translation>Nur Ihre Vorschau ist gespiegelt; andere sehen Sie seitenrichtig.</translation>
    </message>
    <message>
        <source>&amp;Hold to see the original</source>
        <translation>&amp;Original zeigen (gedrückt halten)</translation>
    </message>
    <message>
        <source>&amp;Follow my face</source>
        <translation>&amp;Gesicht folgen</translation>
    </message>
    <message>
        <source>A gentle crop keeps your face in the middle.</source>
        <translation>Ein sanfter Ausschnitt hält Ihr Gesicht in der Mitte.</translation>
    </message>
    <message>
        <source>Your meeting can blur the background itself.</source>
        <translation>Den Hintergrund kann die Besprechung selbst unscharf machen.</translation>
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
        <translation>Klicken Sie auf „Start“, um sich zu sehen.</translation>
    </message>
</context><context>
    <name>CameraWindow</name>
    <message>
        <source>The camera keeps running. Open the window again from here.</source>
        <translation>Die Kamera läuft weiter. Hier können Sie das Fenster wieder öffnen.</translation>
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
        <translation>Der automatische Start konnte nicht geändert werden ({reason}).</translation>
    </message>
</context><context>
    <name>CheckDialog</name>
    <message>
        <source>Check this computer</source>
        <translation>Diesen Computer prüfen</translation>
    </message>
    <message>
        <source>Checking cameras, files and settings …</source>
        <translation>Kameras, Dateien und Einstellungen werden geprüft …</translation>
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
        <translation>3 bis 10 Fotos einer Person hierher ziehen</translation>
    </message>
    <message>
        <source>Sharp, taken from close up, in different light, with and without a smile.</source>
        <translation>Scharf, aus der Nähe, bei unterschiedlichem Licht, mit und ohne Lächeln.</translation>
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
    <name>EffectDialog</name>
    <message>
        <source>What the photos do</source>
        <translation>Was die Fotos bewirken</translation>
    </message>
    <message>
        <source>One of the photos of {name}, as a very bad webcam would show it. The photo itself was left out when it was repaired.</source>
        <translation>Eines der Fotos von {name}, wie eine sehr schlechte Webcam es zeigen würde. Beim Reparieren wurde das Foto selbst nicht verwendet.</translation>
    </message>
    <message>
        <source>Bad webcam</source>
        <translation>Schlechte Webcam</translation>
    </message>
    <message>
        <source>Repaired</source>
        <translation>Repariert</translation>
    </message>
    <message>
        <source>Repaired with the photos</source>
        <translation>Repariert mit den Fotos</translation>
    </message>
    <message>
        <source>Likeness: {percent} %</source>
        <translation>Ähnlichkeit: {percent} %</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context><context>
    <name>FaceChoice</name>
    <message>
        <source>Which face is it?</source>
        <translation>Welches Gesicht ist es?</translation>
    </message>
    <message>
        <source>Face {place} from the left</source>
        <translation>{place}. Gesicht von links</translation>
    </message>
    <message>
        <source>Click the face to enrol.</source>
        <translation>Klicken Sie auf das Gesicht der Person, die Sie anlegen möchten.</translation>
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
        <source>They keep your face yours, and never leave this computer.</source>
        <translation>Damit Sie wie Sie selbst aussehen. Die Fotos bleiben auf diesem Computer.</translation>
    </message>
    <message>
        <source>Press Start and look at the picture</source>
        <translation>Klicken Sie auf „Start“ und sehen Sie sich das Bild an</translation>
    </message>
    <message>
        <source>Drag the divider over the picture to see before and after.</source>
        <translation>Ziehen Sie den Teiler über das Bild, um vorher und nachher zu vergleichen.</translation>
    </message>
    <message>
        <source>Join your meeting</source>
        <translation>Nehmen Sie an Ihrer Videokonferenz teil</translation>
    </message>
    <message>
        <source>Choose “NASFE Camera” there. It keeps running when you close this window.</source>
        <translation>Wählen Sie dort „NASFE Camera“. Die Kamera läuft weiter, wenn Sie dieses Fenster schließen.</translation>
    </message>
    <message>
        <source>Install the virtual camera</source>
        <translation>Die virtuelle Kamera installieren</translation>
    </message>
    <message>
        <source>Meetings see the picture through it. Your password is asked for once.</source>
        <translation>Durch sie sehen Besprechungen das Bild. Ihr Passwort wird einmal verlangt.</translation>
    </message>
    <message>
        <source>Add photos</source>
        <translation>Fotos hinzufügen</translation>
    </message>
    <message>
        <source>Start without photos</source>
        <translation>Ohne Fotos starten</translation>
    </message>
    <message>
        <source>Install the virtual camera …</source>
        <translation>Virtuelle Kamera installieren …</translation>
    </message>
    <message>
        <source>The virtual camera is installed</source>
        <translation>Die virtuelle Kamera ist installiert</translation>
    </message>
</context><context>
    <name>InstallDialog</name>
    <message>
        <source>Install the virtual camera</source>
        <translation>Virtuelle Kamera installieren</translation>
    </message>
    <message>
        <source>Meetings see the picture through a virtual camera.</source>
        <translation>Besprechungen sehen das Bild durch eine virtuelle Kamera.</translation>
    </message>
    <message>
        <source>It is installed once. Your password is asked for; this can take some minutes.</source>
        <translation>Sie wird einmal installiert. Dafür wird Ihr Passwort verlangt; es kann einige Minuten dauern.</translation>
    </message>
    <message>
        <source>It has to be installed once:</source>
        <translation>Sie muss einmal installiert werden:</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Install</source>
        <translation>Installieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Or in a terminal:</source>
        <translation>Oder in einem Terminal:</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Installing … Another window asks for your password.</source>
        <translation>Wird installiert … Ein anderes Fenster fragt nach Ihrem Passwort.</translation>
    </message>
    <message>
        <source>The virtual camera is installed.</source>
        <translation>Die virtuelle Kamera ist installiert.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context><context>
    <name>PeopleList</name>
    <message>
        <source>Enrolled people</source>
        <translation>Angelegte Personen</translation>
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
        <source>Rebuild from the stored photos</source>
        <translation>Aus den gespeicherten Fotos neu erstellen</translation>
    </message>
    <message>
        <source>Nobody yet. The camera also works without.</source>
        <translation>Noch niemand. Die Kamera funktioniert auch ohne.</translation>
    </message>
    <message>
        <source>Made by another version of this program.</source>
        <translation>Mit einer anderen Version dieses Programms erstellt.</translation>
    </message>
    <message>
        <source>Made by another version of this program. Please choose photos again.</source>
        <translation>Mit einer anderen Version dieses Programms erstellt. Bitte wählen Sie erneut Fotos aus.</translation>
    </message>
    <message>
        <source>This profile cannot be read. Delete it and enrol again.</source>
        <translation>Dieses Profil kann nicht gelesen werden. Löschen Sie es und legen Sie die Person neu an.</translation>
    </message>
    <message>
        <source>From {count} photos, {day}.</source>
        <translation>Aus {count} Fotos, {day}.</translation>
    </message>
    <message>
        <source>From 1 photo, {day}.</source>
        <translation>Aus 1 Foto, {day}.</translation>
    </message>
    <message>
        <source>No photos stored.</source>
        <translation>Keine Fotos gespeichert.</translation>
    </message>
    <message>
        <source>Small copies stored.</source>
        <translation>Kleine Kopien gespeichert.</translation>
    </message>
    <message>
        <source>Delete {name} and the stored photos for good?</source>
        <translation>{name} und die gespeicherten Fotos endgültig löschen?</translation>
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
        <source>A person with this name already exists. Replace it?</source>
        <translation>Eine Person mit diesem Namen ist bereits vorhanden. Ersetzen?</translation>
    </message>
</context><context>
    <name>PeoplePage</name>
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
        <translation>Kleine Kopien der Fotos speichern</translation>
    </message>
    <message>
        <source>They keep your face yours, and never leave this computer. Only you can read them.</source>
        <translation>Damit bleibt Ihr Gesicht Ihres. Die Kopien verlassen diesen Computer nie. Nur Sie können sie lesen.</translation>
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
        <source>{name} is already enrolled. Replace the profile?</source>
        <translation>{name} ist bereits angelegt. Profil ersetzen?</translation>
    </message>
    <message>
        <source>{name} is enrolled from {count} photos and chosen for the camera.</source>
        <translation>{name} wurde aus {count} Fotos angelegt und für die Kamera ausgewählt.</translation>
    </message>
    <message>
        <source>{name} is enrolled from 1 photo and chosen for the camera.</source>
        <translation>{name} wurde aus 1 Foto angelegt und für die Kamera ausgewählt.</translation>
    </message>
    <message>
        <source>Left out: {names}.</source>
        <translation>Weggelassen: {names}.</translation>
    </message>
    <message>
        <source>Cancelled; nothing was saved.</source>
        <translation>Abgebrochen; nichts wurde gespeichert.</translation>
    </message>
</context><context>
    <name>PersonChoice</name>
    <message>
        <source>Person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>No profile</source>
        <translation>Ohne Profil</translation>
    </message>
    <message>
        <source>{name} (missing)</source>
        <translation>{name} (fehlt)</translation>
    </message>
    <message>
        <source>Add a person …</source>
        <translation>Person hinzufügen …</translation>
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
        <translation>Mit den Pfeiltasten links und rechts verschieben Sie den Teiler. Halten Sie die Leertaste gedrückt, um das Original zu sehen.</translation>
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
        <source>Some changes take effect when the camera restarts.</source>
        <translation>Einige Änderungen gelten erst nach einem Neustart der Kamera.</translation>
    </message>
    <message>
        <source>Restart now</source>
        <translation>Jetzt neu starten</translation>
    </message>
    <message>
        <source>Everyday</source>
        <translation>Alltag</translation>
    </message>
    <message>
        <source>Picture size</source>
        <translation>Bildgröße</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Wie der Desktop</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Larger is sharper, and more work for the computer.</source>
        <translation>Größer ist schärfer und für den Computer mehr Arbeit.</translation>
    </message>
    <message>
        <source>Colours of this window.</source>
        <translation>Farben dieses Fensters.</translation>
    </message>
    <message>
        <source>Takes effect when the window is opened again.</source>
        <translation>Gilt, sobald Sie das Fenster wieder öffnen.</translation>
    </message>
    <message>
        <source>Keep small copies of the photos when somebody is enrolled</source>
        <translation>Kleine Kopien der Fotos behalten, wenn jemand angelegt wird</translation>
    </message>
    <message>
        <source>Start with the computer</source>
        <translation>Beim Anmelden starten</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>Reset all settings</source>
        <translation>Alle Einstellungen zurücksetzen</translation>
    </message>
    <message>
        <source>Check this computer …</source>
        <translation>Diesen Computer prüfen …</translation>
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
        <source>Retouch</source>
        <translation>Retusche</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Stop the camera</source>
        <translation>Kamera ausschalten</translation>
    </message>
    <message>
        <source>Start the camera</source>
        <translation>Kamera einschalten</translation>
    </message>
    <message>
        <source>Quit, keep the camera running</source>
        <translation>Beenden, Kamera weiterlaufen lassen</translation>
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
        <source>Look at the camera.</source>
        <translation>Schauen Sie in die Kamera.</translation>
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
    <name>checks</name>
    <message>
        <source>system</source>
        <translation>System</translation>
    </message>
    <message>
        <source>settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>cameras</source>
        <translation>Kameras</translation>
    </message>
    <message>
        <source>face tracker</source>
        <translation>Gesichtsverfolgung</translation>
    </message>
    <message>
        <source>model files</source>
        <translation>Modelldateien</translation>
    </message>
    <message>
        <source>engine</source>
        <translation>Netz läuft auf</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>NVIDIA</source>
        <translation>NVIDIA</translation>
    </message>
    <message>
        <source>profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>virtual camera</source>
        <translation>Virtuelle Kamera</translation>
    </message>
    <message>
        <source>disk</source>
        <translation>Datenträger</translation>
    </message>
</context><context>
    <name>remedies</name>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Install it …</source>
        <translation>Installieren …</translation>
    </message>
    <message>
        <source>Show the preview only</source>
        <translation>Nur Vorschau zeigen</translation>
    </message>
    <message>
        <source>Choose another camera</source>
        <translation>Andere Kamera wählen</translation>
    </message>
    <message>
        <source>See the people</source>
        <translation>Zu den Personen</translation>
    </message>
    <message>
        <source>See the settings</source>
        <translation>Zu den Einstellungen</translation>
    </message>
    <message>
        <source>Check this computer …</source>
        <translation>Diesen Computer prüfen …</translation>
    </message>
</context><context>
    <name>settings</name>
    <message>
        <source>Where pictures come from</source>
        <translation>Woher die Bilder kommen</translation>
    </message>
    <message>
        <source>How the face is tracked</source>
        <translation>Wie das Gesicht verfolgt wird</translation>
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
        <source>Camera number or name, or path of a video, picture or device.</source>
        <translation>Nummer oder Name der Kamera oder Pfad eines Videos, Bildes oder Geräts.</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Width to request from the camera, in pixels.</source>
        <translation>Gewünschte Breite des Kamerabilds in Pixeln.</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>Height to request from the camera, in pixels.</source>
        <translation>Gewünschte Höhe des Kamerabilds in Pixeln.</translation>
    </message>
    <message>
        <source>Frame rate</source>
        <translation>Bildrate</translation>
    </message>
    <message>
        <source>Frame rate to request from the camera, in frames per second.</source>
        <translation>Gewünschte Bildrate der Kamera in Bildern pro Sekunde.</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Repeat a video file when it ends.</source>
        <translation>Ein Video am Ende von vorn abspielen.</translation>
    </message>
    <message>
        <source>Simulate bad webcam</source>
        <translation>Schlechte Webcam simulieren</translation>
    </message>
    <message>
        <source>Blur, darken and add noise to the picture first, in percent; 0 is off.</source>
        <translation>Das Bild vorher unscharf, dunkel und verrauscht machen, in Prozent; 0 schaltet das aus.</translation>
    </message>
    <message>
        <source>Steadiness at rest</source>
        <translation>Ruhe bei stillem Kopf</translation>
    </message>
    <message>
        <source>Follow a still face this loosely; a smaller number is steadier.</source>
        <translation>So locker wird einem ruhigen Gesicht gefolgt; eine kleinere Zahl ist ruhiger.</translation>
    </message>
    <message>
        <source>Following of movement</source>
        <translation>Folgen bei Bewegung</translation>
    </message>
    <message>
        <source>Follow a moving face this closely; a larger number is faster.</source>
        <translation>So eng wird einem bewegten Gesicht gefolgt; eine größere Zahl ist schneller.</translation>
    </message>
    <message>
        <source>Fade seconds</source>
        <translation>Überblendzeit</translation>
    </message>
    <message>
        <source>Time in which the restoration fades in or out, in seconds.</source>
        <translation>Zeit, in der die Verbesserung ein- oder ausgeblendet wird, in Sekunden.</translation>
    </message>
    <message>
        <source>Maximum faces</source>
        <translation>Höchstzahl der Gesichter</translation>
    </message>
    <message>
        <source>Largest number of faces to find before choosing the one to restore.</source>
        <translation>Wie viele Gesichter höchstens gesucht werden, bevor eines ausgewählt wird.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Name of the network.</source>
        <translation>Name des neuronalen Netzes.</translation>
    </message>
    <message>
        <source>Model folder</source>
        <translation>Modellordner</translation>
    </message>
    <message>
        <source>Folder of other models and their manifest.toml; empty for the bundled ones.</source>
        <translation>Ordner mit anderen Modellen und ihrer manifest.toml; leer: die mitgelieferten.</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Licht</translation>
    </message>
    <message>
        <source>How much darkness is lifted, in percent; auto lifts what the picture lacks.</source>
        <translation>Wie stark Dunkelheit aufgehellt wird, in Prozent; auto hellt auf, was dem Bild fehlt.</translation>
    </message>
    <message>
        <source>Retouch</source>
        <translation>Retusche</translation>
    </message>
    <message>
        <source>How much noise and blur are removed, in percent; auto goes by what is there.</source>
        <translation>Wie viel Rauschen und Unschärfe entfernt werden, in Prozent; auto richtet sich nach dem Bild.</translation>
    </message>
    <message>
        <source>White balance</source>
        <translation>Weißabgleich</translation>
    </message>
    <message>
        <source>Take away some of the colour of strongly coloured light.</source>
        <translation>Bei stark farbigem Licht einen Teil der Farbe wegnehmen.</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>Name of the enrolled person; empty for none.</source>
        <translation>Name der angelegten Person; leer für keine.</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Where the network runs; auto uses an NVIDIA card if possible, else the CPU.</source>
        <translation>Wo das neuronale Netz rechnet; auto verwendet nach Möglichkeit eine NVIDIA-Karte, sonst die CPU.</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Number format on the CPU; auto takes the fastest one it supports.</source>
        <translation>Zahlenformat auf der CPU; auto nimmt das schnellste, das sie unterstützt.</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>CPU threads for the network; 0 chooses by the number of cores.</source>
        <translation>CPU-Threads für das neuronale Netz; 0 richtet sich nach der Zahl der Kerne.</translation>
    </message>
    <message>
        <source>Restored frames</source>
        <translation>Verbesserte Bilder</translation>
    </message>
    <message>
        <source>How often the network runs: auto is less on a slow computer or on battery.</source>
        <translation>Wie oft das neuronale Netz arbeitet; auto lässt es auf langsamen Computern und im Akkubetrieb seltener arbeiten.</translation>
    </message>
    <message>
        <source>Observation rate</source>
        <translation>Messrate</translation>
    </message>
    <message>
        <source>How often light and noise are measured, per second.</source>
        <translation>Wie oft pro Sekunde Licht und Rauschen gemessen werden.</translation>
    </message>
    <message>
        <source>Outputs</source>
        <translation>Ausgaben</translation>
    </message>
    <message>
        <source>One or more of camera, file, preview, none.</source>
        <translation>Eine oder mehrere von camera, file, preview, none.</translation>
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
        <source>Output frame rate, in frames per second.</source>
        <translation>Bildrate der Ausgabe in Bildern pro Sekunde.</translation>
    </message>
    <message>
        <source>Aspect ratio</source>
        <translation>Seitenverhältnis</translation>
    </message>
    <message>
        <source>How to fit another aspect ratio: add bars (letterbox) or cut edges (crop).</source>
        <translation>Wie ein anderes Seitenverhältnis angepasst wird: mit Balken (letterbox) oder abgeschnittenen Rändern (crop).</translation>
    </message>
    <message>
        <source>Auto framing</source>
        <translation>Gesicht folgen</translation>
    </message>
    <message>
        <source>Follow the face with a gentle crop.</source>
        <translation>Dem Gesicht mit einem sanften Ausschnitt folgen.</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Kameraname</translation>
    </message>
    <message>
        <source>Name of the virtual camera.</source>
        <translation>Name der virtuellen Kamera.</translation>
    </message>
    <message>
        <source>Webcam pauses after</source>
        <translation>Webcam pausiert nach</translation>
    </message>
    <message>
        <source>Release the webcam after this many seconds without a viewer; 0 for never.</source>
        <translation>Die Webcam nach so vielen Sekunden ohne Zuschauer freigeben; 0: nie.</translation>
    </message>
    <message>
        <source>Notice without a picture after</source>
        <translation>Hinweis ohne Bild nach</translation>
    </message>
    <message>
        <source>Show the notice card after this many seconds without a new picture.</source>
        <translation>Den Hinweis nach so vielen Sekunden ohne neues Bild zeigen.</translation>
    </message>
    <message>
        <source>Notice after a crash</source>
        <translation>Hinweis nach einem Absturz</translation>
    </message>
    <message>
        <source>How long to show the notice card after the program crashed, in seconds.</source>
        <translation>Wie lange der Hinweis nach einem Absturz des Programms gezeigt wird, in Sekunden.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Video file that the output 'file' writes.</source>
        <translation>Videodatei, in die die Ausgabe 'file' schreibt.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Replace a video file of that name.</source>
        <translation>Eine Videodatei dieses Namens ersetzen.</translation>
    </message>
</context><context>
    <name>statements</name>
    <message>
        <source>attempt-failed</source>
        <extracomment>{precision} on {device} failed ({reason})</extracomment>
        <translation>{precision} auf {device} ist gescheitert ({reason})</translation>
    </message>
    <message>
        <source>better-engine-being-prepared</source>
        <extracomment>a better engine is being prepared</extracomment>
        <translation>etwas Schnelleres wird vorbereitet</translation>
    </message>
    <message>
        <source>bf16-in-hardware</source>
        <extracomment>the CPU computes bf16 in hardware</extracomment>
        <translation>der Prozessor rechnet selbst mit bf16</translation>
    </message>
    <message>
        <source>card-runs-one-graph</source>
        <extracomment>an NVIDIA card is there; a run is one CUDA graph</extracomment>
        <translation>eine NVIDIA-Karte ist vorhanden; ein Durchlauf ist ein einziger CUDA-Graph</translation>
    </message>
    <message>
        <source>card-runs-without-graph</source>
        <extracomment>an NVIDIA card is there; CUDA graphs are refused</extracomment>
        <translation>eine NVIDIA-Karte ist vorhanden; sie nimmt keine CUDA-Graphen an</translation>
    </message>
    <message>
        <source>device-asked-for</source>
        <extracomment>{device} was asked for</extracomment>
        <translation>{device} ist so eingestellt</translation>
    </message>
    <message>
        <source>device-not-found</source>
        <extracomment>{kind} was asked for, but OpenVINO finds none</extracomment>
        <translation>{kind} ist eingestellt, aber OpenVINO findet keine</translation>
    </message>
    <message>
        <source>device-spares-cpu</source>
        <extracomment>{device} leaves the CPU to the meeting</extracomment>
        <translation>{device} lässt den Prozessor für die Besprechung frei</translation>
    </message>
    <message>
        <source>int8-in-hardware</source>
        <extracomment>the CPU multiplies int8 in hardware</extracomment>
        <translation>der Prozessor multipliziert selbst mit int8</translation>
    </message>
    <message>
        <source>no-bf16-in-hardware</source>
        <extracomment>the CPU has no bf16 arithmetic</extracomment>
        <translation>der Prozessor rechnet nicht mit bf16</translation>
    </message>
    <message>
        <source>no-int8-in-hardware</source>
        <extracomment>the CPU does not multiply int8 in hardware</extracomment>
        <translation>der Prozessor multipliziert nicht selbst mit int8</translation>
    </message>
    <message>
        <source>no-int8-file</source>
        <extracomment>the network has no INT8 file</extracomment>
        <translation>zum Netz gibt es keine INT8-Datei</translation>
    </message>
    <message>
        <source>precision-asked-for</source>
        <extracomment>{precision} was asked for</extracomment>
        <translation>{precision} ist so eingestellt</translation>
    </message>
    <message>
        <source>camera-locked</source>
        <extracomment>{name} ({path}) may not be opened by you</extracomment>
        <translation>Sie dürfen {name} ({path}) nicht öffnen</translation>
    </message>
    <message>
        <source>camera-locked/remedy</source>
        <extracomment>sudo usermod -aG video $USER, then log in again</extracomment>
        <translation>sudo usermod -aG video $USER, dann neu anmelden</translation>
    </message>
    <message>
        <source>cameras-found</source>
        <extracomment>{cameras}</extracomment>
        <translation>{cameras}</translation>
    </message>
    <message>
        <source>check-broke</source>
        <extracomment>{reason}</extracomment>
        <translation>{reason}</translation>
    </message>
    <message>
        <source>check-broke/remedy</source>
        <extracomment>Please report this line at the project's issue tracker.</extracomment>
        <translation>Bitte melden Sie diese Zeile dem Projekt als Fehler.</translation>
    </message>
    <message>
        <source>cpu-serves</source>
        <extracomment>the CPU serves</extracomment>
        <translation>gerechnet wird auf dem Prozessor</translation>
    </message>
    <message>
        <source>engine-serves</source>
        <extracomment>{device}, {precision}, {runtime}</extracomment>
        <translation>{device}, {precision}, {runtime}</translation>
    </message>
    <message>
        <source>intel-device-asked-for</source>
        <extracomment>{devices}; asked for: {chosen}</extracomment>
        <translation>{devices}; eingestellt: {chosen}</translation>
    </message>
    <message>
        <source>intel-device-missing</source>
        <extracomment>none of Intel's found; the CPU serves</extracomment>
        <translation>keine von Intel gefunden; gerechnet wird auf dem Prozessor</translation>
    </message>
    <message>
        <source>intel-device-not-asked-for</source>
        <extracomment>{devices} is there but not used unless asked for</extracomment>
        <translation>{devices} ist vorhanden, wird aber nur auf Wunsch verwendet</translation>
    </message>
    <message>
        <source>intel-device-not-asked-for/remedy</source>
        <extracomment>Nothing need be done. To try it, which we could not: nasfe-cam run --device {kind}</extracomment>
        <translation>Sie müssen nichts tun. Zum Ausprobieren (wir konnten es nicht testen): nasfe-cam run --device {kind}</translation>
    </message>
    <message>
        <source>models-whole</source>
        <extracomment>{count} files, {megabytes:.1f} MB, all checksums right</extracomment>
        <translation>{count} Dateien, {megabytes:.1f} MB, alle Prüfsummen stimmen</translation>
    </message>
    <message>
        <source>networks-not-compiled</source>
        <extracomment>{networks} not compiled yet</extracomment>
        <translation>{networks} noch nicht kompiliert</translation>
    </message>
    <message>
        <source>networks-not-compiled/remedy</source>
        <extracomment>Compile now with nasfe-cam compile, or start the camera, which does it meanwhile.</extracomment>
        <translation>Kompilieren Sie jetzt mit nasfe-cam compile, oder starten Sie die Kamera; sie erledigt es nebenbei.</translation>
    </message>
    <message>
        <source>no-camera</source>
        <extracomment>no camera gives pictures</extracomment>
        <translation>keine Kamera liefert Bilder</translation>
    </message>
    <message>
        <source>no-camera/remedy</source>
        <extracomment>Plug a camera in, or try it with a clip: nasfe-cam run --source CLIP.mp4</extracomment>
        <translation>Schließen Sie eine Kamera an, oder probieren Sie es mit einem Film: nasfe-cam run --source FILM.mp4</translation>
    </message>
    <message>
        <source>no-camera-on-mac</source>
        <extracomment>no camera gives pictures</extracomment>
        <translation>keine Kamera liefert Bilder</translation>
    </message>
    <message>
        <source>no-camera-on-mac/remedy</source>
        <extracomment>Plug a camera in, or try it with a clip: nasfe-cam run --source CLIP.mp4. Also allow the terminal to use the camera in System Settings, Privacy</extracomment>
        <translation>Schließen Sie eine Kamera an, oder probieren Sie es mit einem Film: nasfe-cam run --source FILM.mp4. Erlauben Sie dem Terminal außerdem in den Systemeinstellungen unter Datenschutz, die Kamera zu verwenden.</translation>
    </message>
    <message>
        <source>no-profile-chosen</source>
        <extracomment>none chosen, {count} enrolled; the camera works without</extracomment>
        <translation>keines gewählt, {count} vorhanden; die Kamera läuft auch ohne</translation>
    </message>
    <message>
        <source>nobody-enrolled</source>
        <extracomment>none chosen, 0 enrolled; the camera works without</extracomment>
        <translation>keines gewählt, keines vorhanden; die Kamera läuft auch ohne</translation>
    </message>
    <message>
        <source>nobody-enrolled/remedy</source>
        <extracomment>For a better likeness: nasfe-cam enrol PHOTOS --name NAME</extracomment>
        <translation>Für mehr Ähnlichkeit: nasfe-cam enrol FOTOS --name NAME</translation>
    </message>
    <message>
        <source>nvidia-card-found</source>
        <extracomment>{card}, driver {driver}, {runtime}</extracomment>
        <translation>{card}, Treiber {driver}, {runtime}</translation>
    </message>
    <message>
        <source>nvidia-card-not-there</source>
        <extracomment>no card found</extracomment>
        <translation>keine Karte gefunden</translation>
    </message>
    <message>
        <source>obs-installed</source>
        <extracomment>OBS is installed; meetings list the camera as "OBS Virtual Camera"</extracomment>
        <translation>OBS ist installiert; in Besprechungen heißt die Kamera „OBS Virtual Camera“</translation>
    </message>
    <message>
        <source>obs-installed/remedy</source>
        <extracomment>Start OBS's virtual camera once, so that macOS asks for the permission.</extracomment>
        <translation>Starten Sie die virtuelle Kamera von OBS einmal, damit macOS nach der Erlaubnis fragt.</translation>
    </message>
    <message>
        <source>obs-missing</source>
        <extracomment>OBS, whose camera is used on macOS, is not installed</extracomment>
        <translation>OBS, dessen Kamera unter macOS verwendet wird, ist nicht installiert</translation>
    </message>
    <message>
        <source>output-forbidden</source>
        <extracomment>{label!r} ({path}) may not be opened by you</extracomment>
        <translation>Sie dürfen „{label}“ ({path}) nicht öffnen</translation>
    </message>
    <message>
        <source>output-forbidden/remedy</source>
        <extracomment>sudo usermod -aG video $USER, then log in again</extracomment>
        <translation>sudo usermod -aG video $USER, dann neu anmelden</translation>
    </message>
    <message>
        <source>output-installed</source>
        <extracomment>{label!r} at {path}, exclusive_caps={caps}</extracomment>
        <translation>„{label}“ unter {path}, exclusive_caps={caps}</translation>
    </message>
    <message>
        <source>output-not-listed</source>
        <extracomment>{label!r} at {path}, exclusive_caps={caps}</extracomment>
        <translation>„{label}“ unter {path}, exclusive_caps={caps}</translation>
    </message>
    <message>
        <source>output-not-listed/remedy</source>
        <extracomment>Chrome and Teams list it only with exclusive_caps=1 (some versions of Zoom want 0):</extracomment>
        <translation>Chrome und Teams zeigen sie nur mit exclusive_caps=1 (manche Versionen von Zoom brauchen 0):</translation>
    </message>
    <message>
        <source>output-missing</source>
        <extracomment>{label!r} is not installed</extracomment>
        <translation>„{label}“ ist nicht installiert</translation>
    </message>
    <message>
        <source>output-registered</source>
        <extracomment>{label!r} is registered</extracomment>
        <translation>„{label}“ ist registriert</translation>
    </message>
    <message>
        <source>output-registered-old-way</source>
        <extracomment>{label!r} is registered</extracomment>
        <translation>„{label}“ ist registriert</translation>
    </message>
    <message>
        <source>output-registered-old-way/remedy</source>
        <extracomment>Choose it in the meeting program: Windows' own Settings and Camera app, and some programs, may not list it since Windows 11 22H2.</extracomment>
        <translation>Wählen Sie sie im Besprechungsprogramm: Die Einstellungen und die Kamera-App von Windows sowie manche Programme führen sie seit Windows 11 22H2 womöglich nicht auf.</translation>
    </message>
    <message>
        <source>output-unnamed</source>
        <extracomment>v4l2loopback is loaded, but without a device named {label!r}</extracomment>
        <translation>v4l2loopback ist geladen, aber ohne ein Gerät namens „{label}“</translation>
    </message>
    <message>
        <source>profile-used</source>
        <extracomment>{name!r}, photos: {photos}, {created}</extracomment>
        <translation>„{name}“, Fotos: {photos}, {created}</translation>
    </message>
    <message>
        <source>python-tried</source>
        <extracomment>Python {version}, {system} on {machine}, CPU threads: {threads}</extracomment>
        <translation>Python {version}, {system} auf {machine}, Threads: {threads}</translation>
    </message>
    <message>
        <source>python-coarse-clock</source>
        <extracomment>Python {version}, {system} on {machine}, CPU threads: {threads}</extracomment>
        <translation>Python {version}, {system} auf {machine}, Threads: {threads}</translation>
    </message>
    <message>
        <source>python-coarse-clock/remedy</source>
        <extracomment>On Windows use Python 3.13: older ones measure time in steps of 16 ms.</extracomment>
        <translation>Verwenden Sie unter Windows Python 3.13: Ältere Versionen messen die Zeit in Schritten von 16 ms.</translation>
    </message>
    <message>
        <source>python-untried</source>
        <extracomment>Python {version}, {system} on {machine}, CPU threads: {threads}</extracomment>
        <translation>Python {version}, {system} auf {machine}, Threads: {threads}</translation>
    </message>
    <message>
        <source>python-untried/remedy</source>
        <extracomment>Use Python 3.11, 3.12 or 3.13; others are untried.</extracomment>
        <translation>Verwenden Sie Python 3.11, 3.12 oder 3.13; andere sind nicht erprobt.</translation>
    </message>
    <message>
        <source>runs-without-profile</source>
        <extracomment>the camera runs without it</extracomment>
        <translation>die Kamera läuft ohne es</translation>
    </message>
    <message>
        <source>settings-refused/remedy</source>
        <extracomment>Correct the settings file; see docs/settings.md.</extracomment>
        <translation>Berichtigen Sie die Einstellungsdatei; siehe docs/settings.md.</translation>
    </message>
    <message>
        <source>settings-valid</source>
        <extracomment>valid</extracomment>
        <translation>gültig</translation>
    </message>
    <message>
        <source>space-enough</source>
        <extracomment>{gigabytes:.1f} GB free at {folder}</extracomment>
        <translation>{gigabytes:.1f} GB frei in {folder}</translation>
    </message>
    <message>
        <source>space-little</source>
        <extracomment>{gigabytes:.1f} GB free at {folder}</extracomment>
        <translation>{gigabytes:.1f} GB frei in {folder}</translation>
    </message>
    <message>
        <source>space-little/remedy</source>
        <extracomment>Free some space before you record to a file.</extracomment>
        <translation>Schaffen Sie Platz, bevor Sie in eine Datei aufnehmen.</translation>
    </message>
    <message>
        <source>tracker-loads</source>
        <extracomment>loads</extracomment>
        <translation>lässt sich laden</translation>
    </message>
    <message>
        <source>install-by-command/remedy</source>
        <extracomment>{command}</extracomment>
        <translation>{command}</translation>
    </message>
    <message>
        <source>install-obs/remedy</source>
        <extracomment>Install OBS from https://obsproject.com and start its virtual camera once.</extracomment>
        <translation>Installieren Sie OBS von https://obsproject.com und starten Sie einmal dessen virtuelle Kamera.</translation>
    </message>
    <message>
        <source>install-unity-capture/remedy</source>
        <extracomment>Install Unity Capture, then as administrator: regsvr32 "UnityCaptureFilter64bit.dll" "/i:UnityCaptureName={label}"</extracomment>
        <translation>Installieren Sie Unity Capture, danach als Administrator: regsvr32 "UnityCaptureFilter64bit.dll" "/i:UnityCaptureName={label}"</translation>
    </message>
    <message>
        <source>cameras-not-listed</source>
        <extracomment>The cameras of this computer could not be listed.</extracomment>
        <translation>Die Kameras dieses Computers konnten nicht aufgelistet werden.</translation>
    </message>
    <message>
        <source>cameras-not-listed/remedy</source>
        <extracomment>Check them with: nasfe-cam doctor</extracomment>
        <translation>Näheres zeigt: nasfe-cam doctor</translation>
    </message>
    <message>
        <source>computer-not-checked</source>
        <extracomment>This computer could not be checked.</extracomment>
        <translation>Dieser Computer konnte nicht geprüft werden.</translation>
    </message>
    <message>
        <source>computer-not-checked/remedy</source>
        <extracomment>Run in a terminal to see why: nasfe-cam doctor</extracomment>
        <translation>Den Grund zeigt im Terminal: nasfe-cam doctor</translation>
    </message>
    <message>
        <source>camera-crashed</source>
        <extracomment>The camera stopped unexpectedly. It is being started again.</extracomment>
        <translation>Die Kamera ist unerwartet ausgefallen. Sie wird neu gestartet.</translation>
    </message>
    <message>
        <source>camera-did-not-answer</source>
        <extracomment>The camera did not answer within {seconds:g} seconds.</extracomment>
        <translation>Die Kamera hat {seconds:g} Sekunden lang nicht geantwortet.</translation>
    </message>
    <message>
        <source>camera-did-not-end</source>
        <extracomment>The camera was asked to end and did not within {seconds:.0f} seconds; it was ended.</extracomment>
        <translation>Die Kamera sollte enden und tat es {seconds:.0f} Sekunden lang nicht; sie wurde beendet.</translation>
    </message>
    <message>
        <source>camera-did-not-end/remedy</source>
        <extracomment>If this goes on, unplug the webcam and plug it in again.</extracomment>
        <translation>Wenn das öfter vorkommt, ziehen Sie die Webcam ab und stecken Sie sie wieder ein.</translation>
    </message>
    <message>
        <source>camera-did-not-start</source>
        <extracomment>The camera ended at its start (exit code {exit_code}).</extracomment>
        <translation>Die Kamera hat sich beim Start beendet (Exit-Code {exit_code}).</translation>
    </message>
    <message>
        <source>camera-hung</source>
        <extracomment>The camera did not answer any more and was ended. It is being started again.</extracomment>
        <translation>Die Kamera hat nicht mehr geantwortet und wurde beendet. Sie wird neu gestartet.</translation>
    </message>
    <message>
        <source>camera-not-running</source>
        <extracomment>The camera is off.</extracomment>
        <translation>Die Kamera ist aus.</translation>
    </message>
    <message>
        <source>camera-program-not-started</source>
        <extracomment>The camera program cannot be started ({reason}).</extracomment>
        <translation>Das Kameraprogramm lässt sich nicht starten ({reason}).</translation>
    </message>
    <message>
        <source>camera-program-not-started/remedy</source>
        <extracomment>Check the disk.</extracomment>
        <translation>Prüfen Sie den Datenträger.</translation>
    </message>
    <message>
        <source>camera-runs-already</source>
        <extracomment>The camera runs already (process {process}).</extracomment>
        <translation>Die Kamera läuft bereits (Prozess {process}).</translation>
    </message>
    <message>
        <source>camera-runs-already/remedy</source>
        <extracomment>Steer it with nasfe-cam set, end it with nasfe-cam stop, or start another one beside it with --no-control.</extracomment>
        <translation>Steuern Sie sie mit nasfe-cam set, beenden Sie sie mit nasfe-cam stop, oder starten Sie mit --no-control eine zweite.</translation>
    </message>
    <message>
        <source>camera-silent</source>
        <extracomment>The camera does not answer.</extracomment>
        <translation>Die Kamera antwortet nicht.</translation>
    </message>
    <message>
        <source>camera-silent/remedy</source>
        <extracomment>If that goes on, it is ended and started again.</extracomment>
        <translation>Bleibt es dabei, wird sie beendet und neu gestartet.</translation>
    </message>
    <message>
        <source>control-connection-lost</source>
        <extracomment>The camera has ended.</extracomment>
        <translation>Die Kamera hat sich beendet.</translation>
    </message>
    <message>
        <source>control-folder-unsafe</source>
        <extracomment>The folder {folder} is not safe for steering the camera ({reason}).</extracomment>
        <translation>Der Ordner {folder} ist zum Steuern der Kamera nicht sicher ({reason}).</translation>
    </message>
    <message>
        <source>control-folder-unsafe/remedy</source>
        <extracomment>Remove it, or set XDG_RUNTIME_DIR to a folder of your own.</extracomment>
        <translation>Löschen Sie ihn, oder setzen Sie XDG_RUNTIME_DIR auf einen eigenen Ordner.</translation>
    </message>
    <message>
        <source>control-not-served</source>
        <extracomment>The camera cannot be steered by other programs: {folder} cannot be used ({reason}).</extracomment>
        <translation>Andere Programme können die Kamera nicht steuern: {folder} lässt sich nicht verwenden ({reason}).</translation>
    </message>
    <message>
        <source>control-not-served/remedy</source>
        <extracomment>The picture is not affected.</extracomment>
        <translation>Das Bild ist davon nicht betroffen.</translation>
    </message>
    <message>
        <source>control-refused</source>
        <extracomment>The running camera cannot be steered from here ({reason}).</extracomment>
        <translation>Die laufende Kamera lässt sich von hier aus nicht steuern ({reason}).</translation>
    </message>
    <message>
        <source>control-refused/remedy</source>
        <extracomment>Use the user account that started it, or end it there with Ctrl+C.</extracomment>
        <translation>Verwenden Sie das Benutzerkonto, das sie gestartet hat, oder beenden Sie sie dort mit Strg+C.</translation>
    </message>
    <message>
        <source>control-version-unknown</source>
        <extracomment>The running camera belongs to another version of NASFE Camera. End it where it was started, and start it here again.</extracomment>
        <translation>Die laufende Kamera gehört zu einer anderen Version von NASFE Camera. Beenden Sie sie dort, wo sie gestartet wurde, und starten Sie sie hier neu.</translation>
    </message>
    <message>
        <source>message-malformed</source>
        <extracomment>A message between programs was not understood ({reason}).</extracomment>
        <translation>Eine Nachricht zwischen den Programmen wurde nicht verstanden ({reason}).</translation>
    </message>
    <message>
        <source>message-malformed/remedy</source>
        <extracomment>Start the camera and the program that steers it from the same version.</extracomment>
        <translation>Verwenden Sie Kamera und Fenster in derselben Version.</translation>
    </message>
    <message>
        <source>preview-not-shown</source>
        <extracomment>The preview cannot be shown ({reason}).</extracomment>
        <translation>Die Vorschau lässt sich nicht anzeigen ({reason}).</translation>
    </message>
    <message>
        <source>preview-not-shown/remedy</source>
        <extracomment>The camera goes on.</extracomment>
        <translation>Die Kamera läuft weiter.</translation>
    </message>
    <message>
        <source>camera-refused-to-start</source>
        <extracomment>{said}</extracomment>
        <translation>{said}</translation>
    </message>
    <message>
        <source>request-refused</source>
        <extracomment>{said}</extracomment>
        <translation>{said}</translation>
    </message>
    <message>
        <source>setting-needs-restart</source>
        <extracomment>Setting {name} changes only when the camera starts again.</extracomment>
        <translation>Die Einstellung {name} ändert sich erst, wenn die Kamera neu startet.</translation>
    </message>
    <message>
        <source>setting-needs-restart/remedy</source>
        <extracomment>While it runs you can set: {live}.</extracomment>
        <translation>Im laufenden Betrieb lassen sich ändern: {live}.</translation>
    </message>
    <message>
        <source>engine-build-stopped</source>
        <extracomment>Compiling the network was stopped.</extracomment>
        <translation>Das Kompilieren des Netzes wurde abgebrochen.</translation>
    </message>
    <message>
        <source>engine-build-stopped/remedy</source>
        <extracomment>Start it again with nasfe-cam compile</extracomment>
        <translation>Starten Sie es neu mit nasfe-cam compile</translation>
    </message>
    <message>
        <source>engine-cache-unusable</source>
        <extracomment>Compiled networks cannot be kept in {folder} ({reason}), so they are compiled at every start.</extracomment>
        <translation>Kompilierte Netze lassen sich in {folder} nicht aufbewahren ({reason}) und werden deshalb bei jedem Start neu kompiliert.</translation>
    </message>
    <message>
        <source>engine-cache-unusable/remedy</source>
        <extracomment>Free some space there, or make the folder yours.</extracomment>
        <translation>Schaffen Sie dort Platz, oder machen Sie sich zum Eigentümer des Ordners.</translation>
    </message>
    <message>
        <source>engine-disagrees</source>
        <extracomment>{refused} computes another {tensor} than {kept} does, so {kept} goes on.</extracomment>
        <translation>{refused} berechnet für {tensor} etwas anderes als {kept}; deshalb rechnet weiter {kept}.</translation>
    </message>
    <message>
        <source>engine-disagrees/remedy</source>
        <extracomment>Update the driver of the device; nasfe-cam doctor shows it.</extracomment>
        <translation>Aktualisieren Sie den Treiber des Geräts; nasfe-cam doctor zeigt ihn an.</translation>
    </message>
    <message>
        <source>engine-fell-back</source>
        <extracomment>The repair stopped running on {failed} ({reason}). It runs on {now} now, without a gap.</extracomment>
        <translation>Die Verbesserung läuft auf {failed} nicht mehr ({reason}). Sie läuft jetzt ohne Unterbrechung auf {now}.</translation>
    </message>
    <message>
        <source>engine-run-failed</source>
        <extracomment>The repair stopped running on {device} ({reason}). The picture is shown unrepaired.</extracomment>
        <translation>Die Verbesserung läuft auf {device} nicht mehr ({reason}). Das Bild wird unverbessert gezeigt.</translation>
    </message>
    <message>
        <source>intel-device-unusable</source>
        <extracomment>Intel's {kind} does not serve ({reason}).</extracomment>
        <translation>{kind} von Intel lässt sich nicht verwenden ({reason}).</translation>
    </message>
    <message>
        <source>intel-device-unusable/remedy</source>
        <extracomment>The CPU does; install the {kind}'s newest driver, or choose another --device.</extracomment>
        <translation>Gerechnet wird auf dem Prozessor. Installieren Sie den neuesten Treiber für {kind}, oder wählen Sie ein anderes Gerät.</translation>
    </message>
    <message>
        <source>model-contract-broken</source>
        <extracomment>Model file {path} is not a NASFE network ({reason}).</extracomment>
        <translation>Die Modelldatei {path} ist kein Netz von NASFE ({reason}).</translation>
    </message>
    <message>
        <source>model-contract-broken/remedy</source>
        <extracomment>Export it again with: nasfe-train export</extracomment>
        <translation>Exportieren Sie es neu mit: nasfe-train export</translation>
    </message>
    <message>
        <source>model-file-damaged</source>
        <extracomment>Model file {path} is damaged ({reason}).</extracomment>
        <translation>Die Modelldatei {path} ist beschädigt ({reason}).</translation>
    </message>
    <message>
        <source>model-file-damaged/remedy</source>
        <extracomment>Reinstall NASFE Camera: pip install --force-reinstall nasfe-cam</extracomment>
        <translation>Installieren Sie NASFE Camera neu: pip install --force-reinstall nasfe-cam</translation>
    </message>
    <message>
        <source>model-file-missing</source>
        <extracomment>Model file {path} is missing.</extracomment>
        <translation>Die Modelldatei {path} fehlt.</translation>
    </message>
    <message>
        <source>model-file-missing/remedy</source>
        <extracomment>Reinstall NASFE Camera: pip install --force-reinstall nasfe-cam</extracomment>
        <translation>Installieren Sie NASFE Camera neu: pip install --force-reinstall nasfe-cam</translation>
    </message>
    <message>
        <source>compute-capability-unknown</source>
        <extracomment>Compute capability {given!r} is none that {runtime} compiles for ahead of time. It knows: {known}.</extracomment>
        <translation>Für Compute Capability „{given}“ kompiliert {runtime} nicht im Voraus. Bekannt sind: {known}.</translation>
    </message>
    <message>
        <source>compute-capability-unknown/remedy</source>
        <extracomment>Choose one of these, or compile on the machine that has the card.</extracomment>
        <translation>Wählen Sie eine davon, oder kompilieren Sie auf dem Computer mit der Karte.</translation>
    </message>
    <message>
        <source>cuda-call-failed</source>
        <extracomment>CUDA refused {call} ({reason}).</extracomment>
        <translation>CUDA hat {call} abgelehnt ({reason}).</translation>
    </message>
    <message>
        <source>cuda-call-failed/remedy</source>
        <extracomment>Check the card with: nasfe-cam doctor</extracomment>
        <translation>Prüfen Sie die Karte mit: nasfe-cam doctor</translation>
    </message>
    <message>
        <source>engine-not-built</source>
        <extracomment>{network} cannot be compiled for {target} ({reason}).</extracomment>
        <translation>{network} lässt sich nicht für {target} kompilieren ({reason}).</translation>
    </message>
    <message>
        <source>engine-not-built/remedy</source>
        <extracomment>The network runs on the CPU. To use the card, install another version of TensorRT.</extracomment>
        <translation>Das Netz läuft auf dem Prozessor. Um die Karte zu verwenden, installieren Sie eine andere Version von TensorRT.</translation>
    </message>
    <message>
        <source>engine-refused</source>
        <extracomment>{device} refuses the compiled network ({reason}).</extracomment>
        <translation>{device} nimmt das kompilierte Netz nicht an ({reason}).</translation>
    </message>
    <message>
        <source>engine-refused/remedy</source>
        <extracomment>Compile it again with: nasfe-cam compile</extracomment>
        <translation>Kompilieren Sie es neu mit: nasfe-cam compile</translation>
    </message>
    <message>
        <source>nvidia-card-missing</source>
        <extracomment>No NVIDIA card was found.</extracomment>
        <translation>Es wurde keine NVIDIA-Karte gefunden.</translation>
    </message>
    <message>
        <source>nvidia-card-missing/remedy</source>
        <extracomment>If there is one, install its driver.</extracomment>
        <translation>Falls eine eingebaut ist, installieren Sie ihren Treiber.</translation>
    </message>
    <message>
        <source>no-card-to-compile-for</source>
        <extracomment>No NVIDIA card was found.</extracomment>
        <translation>Es wurde keine NVIDIA-Karte gefunden.</translation>
    </message>
    <message>
        <source>no-card-to-compile-for/remedy</source>
        <extracomment>If there is one, install its driver; to compile for another machine, name its card with nasfe-cam compile --compute-capability</extracomment>
        <translation>Falls eine eingebaut ist, installieren Sie ihren Treiber; um für einen anderen Computer zu kompilieren, nennen Sie dessen Karte mit nasfe-cam compile --compute-capability</translation>
    </message>
    <message>
        <source>nvidia-driver-unusable</source>
        <extracomment>The graphics card {cards} cannot be used ({reason}).</extracomment>
        <translation>Die Grafikkarte {cards} lässt sich nicht verwenden ({reason}).</translation>
    </message>
    <message>
        <source>nvidia-driver-unusable/remedy</source>
        <extracomment>Install NVIDIA's newest driver for it and start the computer again.</extracomment>
        <translation>Installieren Sie den neuesten NVIDIA-Treiber dafür und starten Sie den Computer neu.</translation>
    </message>
    <message>
        <source>tensorrt-missing</source>
        <extracomment>TensorRT for {cards} cannot be loaded ({reason}).</extracomment>
        <translation>TensorRT für {cards} lässt sich nicht laden ({reason}).</translation>
    </message>
    <message>
        <source>tensorrt-missing/remedy</source>
        <extracomment>Install the extra 'tensorrt' with: pip install 'nasfe-cam[tensorrt]'</extracomment>
        <translation>Installieren Sie das Zusatzpaket „tensorrt“: pip install 'nasfe-cam[tensorrt]'</translation>
    </message>
    <message>
        <source>enrolment-cancelled</source>
        <extracomment>Enrolment was cancelled; nothing was kept.</extracomment>
        <translation>Das Anlegen wurde abgebrochen; nichts wurde gespeichert.</translation>
    </message>
    <message>
        <source>enrolment-cancelled/remedy</source>
        <extracomment>Start it again at any time.</extracomment>
        <translation>Sie können jederzeit neu beginnen.</translation>
    </message>
    <message>
        <source>home-unknown</source>
        <extracomment>This user has no home folder.</extracomment>
        <translation>Dieser Benutzer hat keinen persönlichen Ordner.</translation>
    </message>
    <message>
        <source>home-unknown/remedy</source>
        <extracomment>Set the environment variable HOME to a folder of this user.</extracomment>
        <translation>Setzen Sie die Umgebungsvariable HOME auf einen Ordner dieses Benutzers.</translation>
    </message>
    <message>
        <source>memory-limited</source>
        <extracomment>This program may use {megabytes} MB of address space only, and needs {needed} MB.</extracomment>
        <translation>Dieses Programm darf nur {megabytes} MB Adressraum benutzen und braucht {needed} MB.</translation>
    </message>
    <message>
        <source>memory-limited/remedy</source>
        <extracomment>Raise the limit with: ulimit -v unlimited</extracomment>
        <translation>Heben Sie die Grenze an mit: ulimit -v unlimited</translation>
    </message>
    <message>
        <source>network-unknown</source>
        <extracomment>There is no network {name!r}.</extracomment>
        <translation>Es gibt kein Netz „{name}“.</translation>
    </message>
    <message>
        <source>network-unknown/remedy</source>
        <extracomment>Check the name after --model; the one that comes with the program is {shipped}.</extracomment>
        <translation>Prüfen Sie den Namen nach --model; das mitgelieferte heißt {shipped}.</translation>
    </message>
    <message>
        <source>no-display</source>
        <extracomment>The window cannot open: {reason}.</extracomment>
        <translation>Das Fenster lässt sich nicht öffnen: {reason}.</translation>
    </message>
    <message>
        <source>no-display/remedy</source>
        <extracomment>Start it on a desktop, or run the camera without a window: nasfe-cam run</extracomment>
        <translation>Starten Sie es auf einem Desktop, oder die Kamera ohne Fenster: nasfe-cam run</translation>
    </message>
    <message>
        <source>nothing-restored</source>
        <extracomment>No frame of the clip was restored: it shows no face, or the network did not load.</extracomment>
        <translation>Kein Bild des Films wurde verbessert: Er zeigt kein Gesicht, oder das Netz wurde nicht geladen.</translation>
    </message>
    <message>
        <source>nothing-restored/remedy</source>
        <extracomment>Choose another clip, or check the program with: nasfe-cam doctor</extracomment>
        <translation>Wählen Sie einen anderen Film, oder prüfen Sie das Programm mit: nasfe-cam doctor</translation>
    </message>
    <message>
        <source>nothing-to-enrol</source>
        <extracomment>There are no photos to enrol from.</extracomment>
        <translation>Es gibt keine Fotos, aus denen ein Profil entstehen könnte.</translation>
    </message>
    <message>
        <source>nothing-to-enrol/remedy</source>
        <extracomment>Give photos or a folder of them, or add --from-camera to have your picture taken.</extracomment>
        <translation>Geben Sie Fotos oder einen Ordner mit Fotos an, oder lassen Sie sich mit --from-camera aufnehmen.</translation>
    </message>
    <message>
        <source>frames-not-handed-over</source>
        <extracomment>Frames cannot be handed over in {folder} ({reason}).</extracomment>
        <translation>In {folder} lassen sich keine Bilder übergeben ({reason}).</translation>
    </message>
    <message>
        <source>frames-not-handed-over/remedy</source>
        <extracomment>Free some space there; if the folder is another user's, remove it.</extracomment>
        <translation>Schaffen Sie dort Platz. Gehört der Ordner einem anderen Benutzer, löschen Sie ihn.</translation>
    </message>
    <message>
        <source>host-failed</source>
        <extracomment>The program that shows the virtual camera stopped ({reason}). It is started again.</extracomment>
        <translation>Das Programm, das die virtuelle Kamera zeigt, ist ausgefallen ({reason}). Es wird neu gestartet.</translation>
    </message>
    <message>
        <source>output-file-failed</source>
        <extracomment>{path} cannot be written ({reason}). Free some space there.</extracomment>
        <translation>{path} lässt sich nicht schreiben ({reason}). Schaffen Sie dort Platz.</translation>
    </message>
    <message>
        <source>disk-full</source>
        <extracomment>{path} cannot be written ({reason}).</extracomment>
        <translation>{path} kann nicht geschrieben werden ({reason}).</translation>
    </message>
    <message>
        <source>disk-full/remedy</source>
        <extracomment>Free some space, or choose a file on another disk.</extracomment>
        <translation>Schaffen Sie Platz, oder wählen Sie eine Datei auf einem anderen Laufwerk.</translation>
    </message>
    <message>
        <source>output-file-forbidden</source>
        <extracomment>{path} cannot be written ({reason}).</extracomment>
        <translation>{path} kann nicht geschrieben werden ({reason}).</translation>
    </message>
    <message>
        <source>output-file-forbidden/remedy</source>
        <extracomment>Choose a folder in which you may write.</extracomment>
        <translation>Wählen Sie einen Ordner, in den Sie schreiben dürfen.</translation>
    </message>
    <message>
        <source>output-file-is-folder</source>
        <extracomment>{path} cannot be written ({reason}).</extracomment>
        <translation>{path} kann nicht geschrieben werden ({reason}).</translation>
    </message>
    <message>
        <source>output-file-is-folder/remedy</source>
        <extracomment>Give the name of a file in that folder.</extracomment>
        <translation>Geben Sie den Namen einer Datei in diesem Ordner an.</translation>
    </message>
    <message>
        <source>output-folder-missing</source>
        <extracomment>{path} cannot be written ({reason}).</extracomment>
        <translation>{path} kann nicht geschrieben werden ({reason}).</translation>
    </message>
    <message>
        <source>output-folder-missing/remedy</source>
        <extracomment>Make its folder first, or choose a file in another one.</extracomment>
        <translation>Legen Sie zuerst den Ordner an, oder wählen Sie eine Datei in einem anderen.</translation>
    </message>
    <message>
        <source>recording-lost</source>
        <extracomment>{path} cannot be written any more ({reason}); what was recorded is kept.</extracomment>
        <translation>{path} kann nicht weiter geschrieben werden ({reason}); was aufgenommen ist, bleibt erhalten.</translation>
    </message>
    <message>
        <source>recording-lost/remedy</source>
        <extracomment>Free some space, and start the camera again to go on recording.</extracomment>
        <translation>Schaffen Sie Platz und starten Sie die Kamera neu, um weiter aufzunehmen.</translation>
    </message>
    <message>
        <source>output-size-fixed</source>
        <extracomment>{output} cannot change its size while it runs ({reason}).</extracomment>
        <translation>{output}: Die Größe lässt sich im laufenden Betrieb nicht ändern ({reason}).</translation>
    </message>
    <message>
        <source>output-size-fixed/remedy</source>
        <extracomment>End the camera and start it again.</extracomment>
        <translation>Schalten Sie die Kamera aus und wieder ein.</translation>
    </message>
    <message>
        <source>preview-failed</source>
        <extracomment>The preview window cannot be shown ({reason}).</extracomment>
        <translation>Das Vorschaufenster lässt sich nicht anzeigen ({reason}).</translation>
    </message>
    <message>
        <source>preview-failed/remedy</source>
        <extracomment>Start nasfe-cam on a desktop, or leave out the output 'preview'.</extracomment>
        <translation>Starten Sie nasfe-cam in einer grafischen Sitzung, oder lassen Sie die Ausgabe „preview“ weg.</translation>
    </message>
    <message>
        <source>recording-exists</source>
        <extracomment>There is a file {path} already.</extracomment>
        <translation>Die Datei {path} gibt es schon.</translation>
    </message>
    <message>
        <source>recording-exists/remedy</source>
        <extracomment>Choose another --output-file, or add --replace to put the new recording in its place.</extracomment>
        <translation>Wählen Sie eine andere Datei für die Aufnahme, oder erlauben Sie, sie zu ersetzen.</translation>
    </message>
    <message>
        <source>recording-is-source</source>
        <extracomment>{path} is the clip that is shown.</extracomment>
        <translation>{path} ist der Clip, der gezeigt wird.</translation>
    </message>
    <message>
        <source>recording-is-source/remedy</source>
        <extracomment>Choose another --output-file.</extracomment>
        <translation>Wählen Sie eine andere Datei für die Aufnahme.</translation>
    </message>
    <message>
        <source>recording-kind-unknown</source>
        <extracomment>A recording cannot be a {suffix} file.</extracomment>
        <translation>Eine Aufnahme kann keine {suffix}-Datei sein.</translation>
    </message>
    <message>
        <source>recording-kind-unknown/remedy</source>
        <extracomment>Give --output-file a name that ends in .mp4, .mov or .mkv.</extracomment>
        <translation>Wählen Sie einen Namen, der auf .mp4, .mov oder .mkv endet.</translation>
    </message>
    <message>
        <source>recording-not-local</source>
        <extracomment>{path} is a network address; nothing is ever sent to a network.</extracomment>
        <translation>{path} ist eine Netzadresse; es wird nie etwas in ein Netz geschickt.</translation>
    </message>
    <message>
        <source>recording-not-local/remedy</source>
        <extracomment>Give --output-file the path of a local file.</extracomment>
        <translation>Wählen Sie eine Datei auf diesem Computer.</translation>
    </message>
    <message>
        <source>virtual-camera-forbidden</source>
        <extracomment>You may not open the virtual camera “{label}” ({path}). Add yourself to its group, usually with: sudo usermod -aG video $USER, then log in again.</extracomment>
        <translation>Sie haben keine Berechtigung, die virtuelle Kamera „{label}“ ({path}) zu öffnen. Fügen Sie sich ihrer Gruppe hinzu, meist mit: sudo usermod -aG video $USER, und melden Sie sich dann ab und wieder an.</translation>
    </message>
    <message>
        <source>virtual-camera-missing</source>
        <extracomment>The virtual camera “{label}” is not installed, so other programs cannot see the picture.</extracomment>
        <translation>Die virtuelle Kamera „{label}“ ist nicht installiert. Andere Programme erhalten deshalb kein Bild.</translation>
    </message>
    <message>
        <source>virtual-camera-taken</source>
        <extracomment>The virtual camera “{label}” cannot be opened ({reason}). Close the program that writes to it.</extracomment>
        <translation>Die virtuelle Kamera „{label}“ kann nicht geöffnet werden ({reason}). Schließen Sie das Programm, das sie verwendet.</translation>
    </message>
    <message>
        <source>path-unreachable</source>
        <extracomment>{path} cannot be looked at ({reason}).</extracomment>
        <translation>{path} kann nicht angesehen werden ({reason}).</translation>
    </message>
    <message>
        <source>path-unreachable/remedy</source>
        <extracomment>Check the spelling, and who may enter its folder.</extracomment>
        <translation>Prüfen Sie die Schreibweise und wer den Ordner betreten darf.</translation>
    </message>
    <message>
        <source>not-needed</source>
        <extracomment>{most} better photos were taken.</extracomment>
        <translation>Dieses Foto wird nicht gebraucht: {most} bessere wurden verwendet.</translation>
    </message>
    <message>
        <source>not-needed/remedy</source>
        <extracomment>Nothing need be done about it.</extracomment>
        <translation>Sie müssen nichts tun.</translation>
    </message>
    <message>
        <source>duplicate</source>
        <extracomment>It hardly differs from {other}.</extracomment>
        <translation>Das Foto ist fast dasselbe wie {other}.</translation>
    </message>
    <message>
        <source>duplicate/remedy</source>
        <extracomment>Choose a photo from another day or in other light.</extracomment>
        <translation>Wählen Sie ein Foto von einem anderen Tag oder mit anderem Licht.</translation>
    </message>
    <message>
        <source>eyes-closed</source>
        <extracomment>The eyes are closed.</extracomment>
        <translation>Die Augen sind geschlossen.</translation>
    </message>
    <message>
        <source>eyes-closed/remedy</source>
        <extracomment>Choose a photo with open eyes.</extracomment>
        <translation>Wählen Sie ein Foto mit offenen Augen.</translation>
    </message>
    <message>
        <source>eyes-hidden</source>
        <extracomment>An eye is hidden, as by sunglasses, hair or a deep shadow.</extracomment>
        <translation>Ein Auge ist verdeckt, zum Beispiel durch eine Sonnenbrille, Haare oder einen tiefen Schatten.</translation>
    </message>
    <message>
        <source>eyes-hidden/remedy</source>
        <extracomment>Choose a photo that shows both eyes.</extracomment>
        <translation>Wählen Sie ein Foto, auf dem beide Augen zu sehen sind.</translation>
    </message>
    <message>
        <source>covered</source>
        <extracomment>Nose and mouth are covered, as by a mask or a scarf.</extracomment>
        <translation>Nase und Mund sind verdeckt, zum Beispiel durch eine Maske oder einen Schal.</translation>
    </message>
    <message>
        <source>covered/remedy</source>
        <extracomment>Choose a photo that shows your whole face.</extracomment>
        <translation>Wählen Sie ein Foto, das Ihr ganzes Gesicht zeigt.</translation>
    </message>
    <message>
        <source>too-small</source>
        <extracomment>The head takes {side} pixels, and {needed} are needed.</extracomment>
        <translation>Der Kopf ist nur {side} Pixel breit; nötig sind {needed}.</translation>
    </message>
    <message>
        <source>too-small/remedy</source>
        <extracomment>Choose a photo from closer by, or one with more pixels.</extracomment>
        <translation>Wählen Sie ein Foto aus größerer Nähe oder mit höherer Auflösung.</translation>
    </message>
    <message>
        <source>turned-away</source>
        <extracomment>The head is turned or tilted too far.</extracomment>
        <translation>Der Kopf ist zu weit gedreht oder geneigt.</translation>
    </message>
    <message>
        <source>turned-away/remedy</source>
        <extracomment>Choose a photo that shows both eyes and cheeks.</extracomment>
        <translation>Wählen Sie ein Foto, auf dem beide Augen und Wangen zu sehen sind.</translation>
    </message>
    <message>
        <source>no-face</source>
        <extracomment>No face was found.</extracomment>
        <translation>Es wurde kein Gesicht gefunden.</translation>
    </message>
    <message>
        <source>no-face/remedy</source>
        <extracomment>Choose a photo in which your face looks at the camera, unhidden.</extracomment>
        <translation>Wählen Sie ein Foto, das Ihr ganzes Gesicht von vorn zeigt.</translation>
    </message>
    <message>
        <source>none-accepted</source>
        <extracomment>No photo can be used.</extracomment>
        <translation>Keines der Fotos lässt sich verwenden.</translation>
    </message>
    <message>
        <source>none-accepted/remedy</source>
        <extracomment>{reasons}</extracomment>
        <translation>{reasons}</translation>
    </message>
    <message>
        <source>no-photos</source>
        <extracomment>There is no photo at {path}.</extracomment>
        <translation>Unter {path} gibt es kein Foto.</translation>
    </message>
    <message>
        <source>no-photos/remedy</source>
        <extracomment>Give a folder with JPEG or PNG photos, or the photos.</extracomment>
        <translation>Geben Sie einen Ordner mit JPEG- oder PNG-Fotos an oder die Fotos selbst.</translation>
    </message>
    <message>
        <source>other-person</source>
        <extracomment>It shows another person than the other photos.</extracomment>
        <translation>Das Foto zeigt eine andere Person als die übrigen.</translation>
    </message>
    <message>
        <source>other-person/remedy</source>
        <extracomment>Leave it out, or enrol that person under a name of their own.</extracomment>
        <translation>Lassen Sie es weg, oder legen Sie diese Person unter ihrem eigenen Namen an.</translation>
    </message>
    <message>
        <source>blurred</source>
        <extracomment>The face is blurred.</extracomment>
        <translation>Das Gesicht ist unscharf.</translation>
    </message>
    <message>
        <source>blurred/remedy</source>
        <extracomment>Choose a sharp photo.</extracomment>
        <translation>Wählen Sie ein scharfes Foto.</translation>
    </message>
    <message>
        <source>too-bright</source>
        <extracomment>Parts of the face are burnt out to white.</extracomment>
        <translation>Teile des Gesichts sind überbelichtet.</translation>
    </message>
    <message>
        <source>too-bright/remedy</source>
        <extracomment>Choose a photo with softer light.</extracomment>
        <translation>Wählen Sie ein Foto mit weicherem Licht.</translation>
    </message>
    <message>
        <source>too-dark</source>
        <extracomment>The face is too dark.</extracomment>
        <translation>Das Gesicht ist zu dunkel.</translation>
    </message>
    <message>
        <source>too-dark/remedy</source>
        <extracomment>Choose a photo with light on your face.</extracomment>
        <translation>Wählen Sie ein Foto, auf dem Ihr Gesicht besser beleuchtet ist.</translation>
    </message>
    <message>
        <source>unreadable</source>
        <extracomment>The photo cannot be read ({reason}).</extracomment>
        <translation>Das Foto kann nicht gelesen werden ({reason}).</translation>
    </message>
    <message>
        <source>unreadable/remedy</source>
        <extracomment>Save it again as JPEG or PNG, or leave it out.</extracomment>
        <translation>Speichern Sie es noch einmal als JPEG oder PNG, oder lassen Sie es weg.</translation>
    </message>
    <message>
        <source>several-faces</source>
        <extracomment>{count} faces are in it.</extracomment>
        <translation>Das Foto zeigt {count} Gesichter.</translation>
    </message>
    <message>
        <source>several-faces/remedy</source>
        <extracomment>Say which one is yours, or choose a photo of you alone.</extracomment>
        <translation>Wählen Sie Ihres aus, oder nehmen Sie ein Foto, auf dem Sie allein sind.</translation>
    </message>
    <message>
        <source>several-people</source>
        <extracomment>The photos show different people, and none of them most often ({photos}).</extracomment>
        <translation>Die Fotos zeigen verschiedene Personen, und keine ist auf den meisten zu sehen ({photos}).</translation>
    </message>
    <message>
        <source>several-people/remedy</source>
        <extracomment>Choose photos of one person.</extracomment>
        <translation>Wählen Sie Fotos von einer Person.</translation>
    </message>
    <message>
        <source>profile-copies-unusable</source>
        <extracomment>No photo kept in the profile “{name}” can be used. The picture is repaired without them; enrol the person again to use their photos.</extracomment>
        <translation>Keines der Fotos im Profil „{name}“ ist brauchbar. Das Bild wird ohne sie repariert; legen Sie die Person neu an, um ihre Fotos zu verwenden.</translation>
    </message>
    <message>
        <source>profile-damaged</source>
        <extracomment>The profile “{name}” cannot be used; the camera goes on without it. Enrol again.</extracomment>
        <translation>Das Profil „{name}“ kann nicht verwendet werden. Die Kamera läuft ohne Profil weiter. Legen Sie die Person neu an.</translation>
    </message>
    <message>
        <source>profile-deleted</source>
        <extracomment>The profile “{name}” was deleted; the camera goes on without it.</extracomment>
        <translation>Das Profil „{name}“ wurde gelöscht; die Kamera arbeitet ohne es weiter.</translation>
    </message>
    <message>
        <source>profile-exists</source>
        <extracomment>There is a profile “{name}” already.</extracomment>
        <translation>Es gibt bereits ein Profil „{name}“.</translation>
    </message>
    <message>
        <source>profile-file-exists</source>
        <extracomment>There is a file {path} already.</extracomment>
        <translation>Es gibt bereits eine Datei {path}.</translation>
    </message>
    <message>
        <source>profile-file-refused</source>
        <extracomment>{path} is no profile that can be taken over ({reason}).</extracomment>
        <translation>{path} ist kein Profil, das sich übernehmen lässt ({reason}).</translation>
    </message>
    <message>
        <source>profile-file-refused/remedy</source>
        <extracomment>Export it again where it comes from.</extracomment>
        <translation>Exportieren Sie es dort neu, wo es herkommt.</translation>
    </message>
    <message>
        <source>profile-file-foreign</source>
        <extracomment>{path} is not a file that nasfe-cam profiles export wrote.</extracomment>
        <translation>{path} ist keine Datei, die nasfe-cam profiles export geschrieben hat.</translation>
    </message>
    <message>
        <source>profile-file-foreign/remedy</source>
        <extracomment>Choose that file; to enrol from photos, use: nasfe-cam enrol</extracomment>
        <translation>Wählen Sie jene Datei; um jemanden aus Fotos anzulegen: nasfe-cam enrol</translation>
    </message>
    <message>
        <source>profile-file-missing</source>
        <extracomment>There is no file {path}.</extracomment>
        <translation>Es gibt keine Datei {path}.</translation>
    </message>
    <message>
        <source>profile-file-missing/remedy</source>
        <extracomment>Check the path; nasfe-cam profiles export writes such a file.</extracomment>
        <translation>Prüfen Sie den Pfad; nasfe-cam profiles export schreibt eine solche Datei.</translation>
    </message>
    <message>
        <source>profile-missing</source>
        <extracomment>The profile “{name}” cannot be used; the camera goes on without it. Enrol again.</extracomment>
        <translation>Das Profil „{name}“ kann nicht verwendet werden. Die Kamera läuft ohne Profil weiter. Legen Sie die Person neu an.</translation>
    </message>
    <message>
        <source>profile-name-begins</source>
        <extracomment>A profile cannot be called {name!r}: it begins with {letter!r}.</extracomment>
        <translation>Ein Profil kann nicht „{name}“ heißen: Der Name beginnt mit „{letter}“.</translation>
    </message>
    <message>
        <source>profile-name-begins/remedy</source>
        <extracomment>Use up to 64 letters, digits, spaces, '-', '_' and '.'.</extracomment>
        <translation>Erlaubt sind bis zu 64 Buchstaben, Ziffern, Leerzeichen, „-“, „_“ und „.“.</translation>
    </message>
    <message>
        <source>profile-name-empty</source>
        <extracomment>A profile cannot be called {name!r}: it is empty.</extracomment>
        <translation>Ein Profil kann nicht „{name}“ heißen: Der Name ist leer.</translation>
    </message>
    <message>
        <source>profile-name-empty/remedy</source>
        <extracomment>Use up to 64 letters, digits, spaces, '-', '_' and '.'.</extracomment>
        <translation>Erlaubt sind bis zu 64 Buchstaben, Ziffern, Leerzeichen, „-“, „_“ und „.“.</translation>
    </message>
    <message>
        <source>profile-name-ends-with-space</source>
        <extracomment>A profile cannot be called {name!r}: it ends with a space.</extracomment>
        <translation>Ein Profil kann nicht „{name}“ heißen: Der Name endet mit einem Leerzeichen.</translation>
    </message>
    <message>
        <source>profile-name-ends-with-space/remedy</source>
        <extracomment>Use up to 64 letters, digits, spaces, '-', '_' and '.'.</extracomment>
        <translation>Erlaubt sind bis zu 64 Buchstaben, Ziffern, Leerzeichen, „-“, „_“ und „.“.</translation>
    </message>
    <message>
        <source>profile-name-holds</source>
        <extracomment>A profile cannot be called {name!r}: it holds {letter!r}.</extracomment>
        <translation>Ein Profil kann nicht „{name}“ heißen: Der Name enthält „{letter}“.</translation>
    </message>
    <message>
        <source>profile-name-holds/remedy</source>
        <extracomment>Use up to 64 letters, digits, spaces, '-', '_' and '.'.</extracomment>
        <translation>Erlaubt sind bis zu 64 Buchstaben, Ziffern, Leerzeichen, „-“, „_“ und „.“.</translation>
    </message>
    <message>
        <source>profile-name-reserved</source>
        <extracomment>A profile cannot be called {name!r}: Windows keeps this name for itself.</extracomment>
        <translation>Ein Profil kann nicht „{name}“ heißen: Windows reserviert diesen Namen.</translation>
    </message>
    <message>
        <source>profile-name-reserved/remedy</source>
        <extracomment>Use up to 64 letters, digits, spaces, '-', '_' and '.'.</extracomment>
        <translation>Erlaubt sind bis zu 64 Buchstaben, Ziffern, Leerzeichen, „-“, „_“ und „.“.</translation>
    </message>
    <message>
        <source>profile-name-too-long</source>
        <extracomment>A profile cannot be called {name!r}: it is too long.</extracomment>
        <translation>Ein Profil kann nicht „{name}“ heißen: Der Name ist zu lang.</translation>
    </message>
    <message>
        <source>profile-name-too-long/remedy</source>
        <extracomment>Use up to 64 letters, digits, spaces, '-', '_' and '.'.</extracomment>
        <translation>Erlaubt sind bis zu 64 Buchstaben, Ziffern, Leerzeichen, „-“, „_“ und „.“.</translation>
    </message>
    <message>
        <source>profile-not-written</source>
        <extracomment>Profile file {path} cannot be written or deleted ({reason}).</extracomment>
        <translation>Die Profildatei {path} lässt sich nicht schreiben oder löschen ({reason}).</translation>
    </message>
    <message>
        <source>profile-not-written/remedy</source>
        <extracomment>Check the free space and who owns the folder.</extracomment>
        <translation>Prüfen Sie den freien Platz und wem der Ordner gehört.</translation>
    </message>
    <message>
        <source>profile-outdated</source>
        <extracomment>The profile “{name}” cannot be used; the camera goes on without it. Enrol again.</extracomment>
        <translation>Das Profil „{name}“ kann nicht verwendet werden. Die Kamera läuft ohne Profil weiter. Legen Sie die Person neu an.</translation>
    </message>
    <message>
        <source>profile-outdated-with-photos</source>
        <extracomment>The profile “{name}” was made by another version; the camera goes on without it. Make it anew from the photos kept in it.</extracomment>
        <translation>Das Profil „{name}“ stammt von einer anderen Version. Die Kamera läuft ohne Profil weiter. Erneuern Sie es aus den gespeicherten Fotos.</translation>
    </message>
    <message>
        <source>profile-too-new</source>
        <extracomment>The profile “{name}” comes from a newer version of NASFE Camera. Install that version, or enrol again.</extracomment>
        <translation>Das Profil „{name}“ stammt von einer neueren Version von NASFE Camera. Installieren Sie diese, oder legen Sie es neu an.</translation>
    </message>
    <message>
        <source>profile-without-photos</source>
        <extracomment>The profile “{name}” keeps no photos to be made anew from. Please choose photos again.</extracomment>
        <translation>Im Profil „{name}“ sind keine Fotos gespeichert, aus denen es sich erneuern ließe. Bitte wählen Sie die Fotos noch einmal.</translation>
    </message>
    <message>
        <source>setting-ambiguous</source>
        <extracomment>Setting {name!r} can be any of these: {matches}.</extracomment>
        <translation>Mit der Einstellung „{name}“ kann Verschiedenes gemeint sein: {matches}.</translation>
    </message>
    <message>
        <source>setting-ambiguous/remedy</source>
        <extracomment>Write the name with its section.</extracomment>
        <translation>Schreiben Sie den Namen mit seinem Abschnitt.</translation>
    </message>
    <message>
        <source>setting-out-of-range</source>
        <extracomment>Setting {name} = {value} is refused: allowed is {minimum:g} to {maximum:g}.</extracomment>
        <translation>Die Einstellung {name} = {value} ist nicht möglich; erlaubt ist {minimum:g} bis {maximum:g}.</translation>
    </message>
    <message>
        <source>setting-refused</source>
        <extracomment>Setting {name} = {value} is refused: {reason}.</extracomment>
        <translation>Die Einstellung {name} = {value} ist nicht möglich: {reason}.</translation>
    </message>
    <message>
        <source>setting-unknown</source>
        <extracomment>Unknown setting {name!r}.</extracomment>
        <translation>Die Einstellung „{name}“ gibt es nicht.</translation>
    </message>
    <message>
        <source>setting-unknown/remedy</source>
        <extracomment>See the list in docs/settings.md.</extracomment>
        <translation>Alle Einstellungen stehen in docs/settings.md.</translation>
    </message>
    <message>
        <source>settings-file-invalid</source>
        <extracomment>Settings file {path} is not valid TOML ({reason}).</extracomment>
        <translation>Die Einstellungsdatei {path} ist kein gültiges TOML ({reason}).</translation>
    </message>
    <message>
        <source>settings-file-invalid/remedy</source>
        <extracomment>Correct that line.</extracomment>
        <translation>Berichtigen Sie diese Zeile.</translation>
    </message>
    <message>
        <source>settings-file-unreadable</source>
        <extracomment>Settings file {path} cannot be read ({reason}).</extracomment>
        <translation>Die Einstellungsdatei {path} kann nicht gelesen werden ({reason}).</translation>
    </message>
    <message>
        <source>settings-file-unreadable/remedy</source>
        <extracomment>Check who owns it, or give another one with --config.</extracomment>
        <translation>Prüfen Sie, wem sie gehört, oder geben Sie mit --config eine andere an.</translation>
    </message>
    <message>
        <source>administrator-declined</source>
        <extracomment>The change was not allowed, and nothing was changed.</extracomment>
        <translation>Die Änderung wurde nicht erlaubt, und nichts wurde geändert.</translation>
    </message>
    <message>
        <source>administrator-declined/remedy</source>
        <extracomment>Try again, and enter the password or choose Yes when you are asked.</extracomment>
        <translation>Versuchen Sie es noch einmal, und geben Sie das Passwort ein oder wählen Sie „Ja“, wenn Sie gefragt werden.</translation>
    </message>
    <message>
        <source>administrator-needed</source>
        <extracomment>The right password of an administrator was not given. Try again, or use the command below in a terminal.</extracomment>
        <translation>Das richtige Passwort eines Administrators wurde nicht eingegeben. Versuchen Sie es noch einmal, oder verwenden Sie den Befehl unten in einem Terminal.</translation>
    </message>
    <message>
        <source>camera-name-refused</source>
        <extracomment>A virtual camera cannot have the name {label!r}.</extracomment>
        <translation>Eine virtuelle Kamera kann nicht „{label}“ heißen.</translation>
    </message>
    <message>
        <source>camera-name-refused/remedy</source>
        <extracomment>Use up to 31 letters, digits, spaces, '.', '_', '-' and parentheses.</extracomment>
        <translation>Erlaubt sind bis zu 31 Buchstaben, Ziffern, Leerzeichen, „.“, „_“, „-“ und Klammern.</translation>
    </message>
    <message>
        <source>camera-not-set-up-here</source>
        <extracomment>On this system the virtual camera is set up by hand.</extracomment>
        <translation>Auf diesem System wird die virtuelle Kamera von Hand eingerichtet.</translation>
    </message>
    <message>
        <source>camera-not-set-up-here/remedy</source>
        <extracomment>{step}</extracomment>
        <translation>{step}</translation>
    </message>
    <message>
        <source>loopback-module-missing</source>
        <extracomment>The kernel module v4l2loopback is not installed for the running kernel.</extracomment>
        <translation>Für den laufenden Kernel ist das Modul v4l2loopback nicht installiert.</translation>
    </message>
    <message>
        <source>loopback-module-missing/remedy</source>
        <extracomment>Install the package v4l2loopback of your distribution, and try again.</extracomment>
        <translation>Installieren Sie das Paket v4l2loopback Ihrer Distribution und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>loopback-options-taken</source>
        <extracomment>{path} sets options of v4l2loopback already, and two files would be mixed.</extracomment>
        <translation>{path} enthält bereits Optionen für v4l2loopback, und zwei Dateien würden sich vermischen.</translation>
    </message>
    <message>
        <source>loopback-options-taken/remedy</source>
        <extracomment>Add a device to it by hand: one more label "{label}" in card_label, one more 1 in exclusive_caps.</extracomment>
        <translation>Tragen Sie dort ein weiteres Gerät ein: die Bezeichnung „{label}“ in card_label und eine weitere 1 in exclusive_caps.</translation>
    </message>
    <message>
        <source>module-not-installed</source>
        <extracomment>The kernel module v4l2loopback could not be installed ({reason}).</extracomment>
        <translation>Das Kernelmodul v4l2loopback konnte nicht installiert werden ({reason}).</translation>
    </message>
    <message>
        <source>module-not-installed/remedy</source>
        <extracomment>Check the connection to the Internet, restart the computer, and try again.</extracomment>
        <translation>Prüfen Sie die Verbindung zum Internet, starten Sie den Computer neu, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>nobody-asks-for-password</source>
        <extracomment>This desktop cannot ask for the password. Use the command below in a terminal.</extracomment>
        <translation>Dieser Desktop kann nicht nach dem Passwort fragen. Verwenden Sie den Befehl unten in einem Terminal.</translation>
    </message>
    <message>
        <source>secure-boot-refuses-module</source>
        <extracomment>Secure Boot is on and the kernel module v4l2loopback is not signed, so it cannot be loaded.</extracomment>
        <translation>Secure Boot ist an, und das Kernelmodul v4l2loopback ist nicht signiert; deshalb lässt es sich nicht laden.</translation>
    </message>
    <message>
        <source>secure-boot-refuses-module/remedy</source>
        <extracomment>Make a signing key known to the firmware: sudo mokutil --import /var/lib/dkms/mok.pub, restart, and install the module again.</extracomment>
        <translation>Machen Sie der Firmware einen Signaturschlüssel bekannt: sudo mokutil --import /var/lib/dkms/mok.pub, starten Sie neu und installieren Sie das Modul noch einmal.</translation>
    </message>
    <message>
        <source>setup-failed</source>
        <extracomment>The virtual camera could not be changed ({reason}).</extracomment>
        <translation>Die virtuelle Kamera ließ sich nicht ändern ({reason}).</translation>
    </message>
    <message>
        <source>setup-failed/remedy</source>
        <extracomment>Close the programs that show a camera, and see: nasfe-cam camera status</extracomment>
        <translation>Schließen Sie Programme, die eine Kamera zeigen; Näheres zeigt: nasfe-cam camera status</translation>
    </message>
    <message>
        <source>unity-capture-taken</source>
        <extracomment>Another program has set up Unity Capture as {name!r}, and it can have one name only.</extracomment>
        <translation>Ein anderes Programm hat Unity Capture als {name!r} eingerichtet, und es kann nur einen Namen haben.</translation>
    </message>
    <message>
        <source>unity-capture-taken/remedy</source>
        <extracomment>Use that camera, in the settings file: [output] label = {name!r}</extracomment>
        <translation>Verwenden Sie diese Kamera, in der Einstellungsdatei: [output] label = {name!r}</translation>
    </message>
    <message>
        <source>camera-busy</source>
        <extracomment>Camera “{name}” gives no picture; another program may be using it. Close that program.</extracomment>
        <translation>Die Kamera „{name}“ liefert kein Bild. Vielleicht wird sie von einem anderen Programm verwendet; schließen Sie es.</translation>
    </message>
    <message>
        <source>camera-forbidden</source>
        <extracomment>You may not open camera “{name}” ({path}). Add yourself to its group, usually with: sudo usermod -aG video $USER, then log in again.</extracomment>
        <translation>Sie haben keine Berechtigung, die Kamera „{name}“ ({path}) zu öffnen. Fügen Sie sich ihrer Gruppe hinzu, meist mit: sudo usermod -aG video $USER, und melden Sie sich dann ab und wieder an.</translation>
    </message>
    <message>
        <source>camera-is-our-output</source>
        <extracomment>“{label}” is the virtual camera that this program itself writes to.</extracomment>
        <translation>„{label}“ ist die virtuelle Kamera, die dieses Programm selbst bereitstellt.</translation>
    </message>
    <message>
        <source>camera-lost</source>
        <extracomment>Camera “{name}” stopped sending pictures. Plug it in again.</extracomment>
        <translation>Die Kamera „{name}“ sendet keine Bilder mehr. Schließen Sie sie wieder an.</translation>
    </message>
    <message>
        <source>camera-not-found</source>
        <extracomment>Camera “{name}” was not found. Plug it in, or choose another.</extracomment>
        <translation>Die Kamera „{name}“ wurde nicht gefunden. Schließen Sie sie an oder wählen Sie eine andere.</translation>
    </message>
    <message>
        <source>picture-unreadable</source>
        <extracomment>{path} cannot be shown ({reason}).</extracomment>
        <translation>{path} kann nicht angezeigt werden ({reason}).</translation>
    </message>
    <message>
        <source>source-not-found</source>
        <extracomment>There is no file {path}.</extracomment>
        <translation>Die Datei {path} ist nicht vorhanden.</translation>
    </message>
    <message>
        <source>source-not-local</source>
        <extracomment>{source} is a network address; nothing is ever read from a network.</extracomment>
        <translation>{source} ist eine Netzwerkadresse. Das Programm liest nie aus einem Netzwerk.</translation>
    </message>
    <message>
        <source>video-unreadable</source>
        <extracomment>{path} cannot be shown ({reason}).</extracomment>
        <translation>{path} kann nicht angezeigt werden ({reason}).</translation>
    </message>
    <message>
        <source>stage-hung</source>
        <extracomment>The part that does '{stage}' hangs; the picture is shown unrepaired meanwhile.</extracomment>
        <translation>Der Teil „{stage}“ hängt; das Bild wird so lange unverändert gezeigt.</translation>
    </message>
    <message>
        <source>stage-hung/remedy</source>
        <extracomment>If it does not come back, start the camera again.</extracomment>
        <translation>Kommt er nicht wieder, starten Sie die Kamera neu.</translation>
    </message>
    <message>
        <source>standard-output-failed</source>
        <extracomment>What this command prints cannot be written ({reason}).</extracomment>
        <translation>Was dieser Befehl ausgibt, kann nicht geschrieben werden ({reason}).</translation>
    </message>
    <message>
        <source>standard-output-failed/remedy</source>
        <extracomment>Check the disk, or the program that reads it.</extracomment>
        <translation>Prüfen Sie den Datenträger oder das Programm, das es liest.</translation>
    </message>
    <message>
        <source>system-library-missing</source>
        <extracomment>The library {library} is not installed on this system.</extracomment>
        <translation>Die Bibliothek {library} ist auf diesem System nicht installiert.</translation>
    </message>
    <message>
        <source>system-library-missing/remedy</source>
        <extracomment>On Debian and Ubuntu install all that is needed with: {command}</extracomment>
        <translation>Unter Debian und Ubuntu installiert alles Nötige: {command}</translation>
    </message>
    <message>
        <source>unexpected-fault</source>
        <extracomment>This could not be done ({reason}).</extracomment>
        <translation>Das hat nicht geklappt ({reason}).</translation>
    </message>
    <message>
        <source>unexpected-fault/remedy</source>
        <extracomment>Try again, or start the program again.</extracomment>
        <translation>Versuchen Sie es noch einmal, oder starten Sie das Programm neu.</translation>
    </message>
    <message>
        <source>unexpected-fault-logged</source>
        <extracomment>This could not be done ({reason}).</extracomment>
        <translation>Das hat nicht geklappt ({reason}).</translation>
    </message>
    <message>
        <source>unexpected-fault-logged/remedy</source>
        <extracomment>Please report it together with {log}.</extracomment>
        <translation>Bitte melden Sie es zusammen mit {log}.</translation>
    </message>
    <message>
        <source>window-not-installed</source>
        <extracomment>The window is not installed: the Python package PyQt6 is missing.</extracomment>
        <translation>Das Fenster ist nicht installiert: Das Python-Paket PyQt6 fehlt.</translation>
    </message>
    <message>
        <source>window-not-installed/remedy</source>
        <extracomment>Install it with: pip install PyQt6. The camera works without it: nasfe-cam run</extracomment>
        <translation>Installieren Sie es mit: pip install PyQt6. Die Kamera läuft auch ohne: nasfe-cam run</translation>
    </message>
    <message>
        <source>unrestored-less-on-battery</source>
        <extracomment>lighter repair to save the battery</extracomment>
        <translation>leichtere Verbesserung, um den Akku zu schonen</translation>
    </message>
    <message>
        <source>unrestored-less-while-busy</source>
        <extracomment>lighter repair: the computer is busy</extracomment>
        <translation>leichtere Verbesserung: Der Computer ist beschäftigt</translation>
    </message>
    <message>
        <source>unrestored-network-failed</source>
        <extracomment>not repaired: the repair does not run</extracomment>
        <translation>nicht verbessert: Die Verbesserung läuft nicht</translation>
    </message>
    <message>
        <source>unrestored-network-loading</source>
        <extracomment>not repaired yet: the repair is starting</extracomment>
        <translation>noch nicht verbessert: Die Verbesserung startet</translation>
    </message>
    <message>
        <source>unrestored-no-face-found</source>
        <extracomment>not repaired: no face was found</extracomment>
        <translation>nicht verbessert: Es wurde kein Gesicht gefunden</translation>
    </message>
    <message>
        <source>unrestored-no-face</source>
        <extracomment>not repaired: no face that needs it was seen</extracomment>
        <translation>nicht verbessert: Es war kein Gesicht zu sehen, das es nötig hat</translation>
    </message>
    <message>
        <source>unrestored-retouch-zero</source>
        <extracomment>not repaired: retouch is set to 0</extracomment>
        <translation>nicht verbessert: Die Retusche steht auf 0</translation>
    </message>
    <message>
        <source>unrestored-too-busy</source>
        <extracomment>not repaired: the computer is too busy</extracomment>
        <translation>nicht verbessert: Der Computer ist zu beschäftigt</translation>
    </message>
    <message>
        <source>suggestion-more-photos</source>
        <extracomment>1 photo is enough to begin; with 3 to 10 the profile is better.</extracomment>
        <translation>1 Foto genügt für den Anfang; mit 3 bis 10 wird das Profil besser.</translation>
    </message>
    <message>
        <source>suggestion-other-light</source>
        <extracomment>The light is nearly the same in all photos; add one by daylight, one by lamplight, one lit from the side.</extracomment>
        <translation>Das Licht ist auf allen Fotos fast gleich; fügen Sie eines bei Tageslicht, eines bei Lampenlicht und eines mit Licht von der Seite hinzu.</translation>
    </message>
    <message>
        <source>suggestion-other-expression</source>
        <extracomment>The face has the same expression in all photos; add one with a smile and one without.</extracomment>
        <translation>Der Gesichtsausdruck ist auf allen Fotos gleich; fügen Sie eines mit und eines ohne Lächeln hinzu.</translation>
    </message>
    <message>
        <source>instruction-show-face</source>
        <extracomment>Sit in front of the camera, so that your whole face is in the picture.</extracomment>
        <translation>Setzen Sie sich vor die Kamera, sodass Ihr ganzes Gesicht im Bild ist.</translation>
    </message>
    <message>
        <source>instruction-be-alone</source>
        <extracomment>Make sure that nobody else is in the picture.</extracomment>
        <translation>Achten Sie darauf, dass niemand sonst im Bild ist.</translation>
    </message>
    <message>
        <source>instruction-come-closer</source>
        <extracomment>Come a little closer to the camera.</extracomment>
        <translation>Kommen Sie etwas näher an die Kamera.</translation>
    </message>
    <message>
        <source>instruction-more-light</source>
        <extracomment>It is too dark: face a window, or switch on a lamp in front of you.</extracomment>
        <translation>Es ist zu dunkel: Setzen Sie sich vor ein Fenster oder schalten Sie vor sich eine Lampe ein.</translation>
    </message>
    <message>
        <source>instruction-softer-light</source>
        <extracomment>The light on your face is too strong: turn away from it a little.</extracomment>
        <translation>Das Licht auf Ihrem Gesicht ist zu stark: Drehen Sie sich etwas weg.</translation>
    </message>
    <message>
        <source>instruction-hold-still</source>
        <extracomment>Hold still.</extracomment>
        <translation>Halten Sie still.</translation>
    </message>
    <message>
        <source>instruction-open-eyes</source>
        <extracomment>Keep your eyes open.</extracomment>
        <translation>Halten Sie die Augen offen.</translation>
    </message>
    <message>
        <source>instruction-show-eyes</source>
        <extracomment>Take off your sunglasses, or turn to the light.</extracomment>
        <translation>Nehmen Sie die Sonnenbrille ab oder drehen Sie sich zum Licht.</translation>
    </message>
    <message>
        <source>instruction-uncover</source>
        <extracomment>Uncover your mouth and chin.</extracomment>
        <translation>Mund und Kinn dürfen nicht verdeckt sein.</translation>
    </message>
    <message>
        <source>instruction-look-straight</source>
        <extracomment>Look straight at the camera.</extracomment>
        <translation>Schauen Sie gerade in die Kamera.</translation>
    </message>
    <message>
        <source>instruction-turn-left</source>
        <extracomment>Turn your head a little to your left.</extracomment>
        <translation>Drehen Sie den Kopf ein wenig nach links.</translation>
    </message>
    <message>
        <source>instruction-turn-right</source>
        <extracomment>Turn your head a little to your right.</extracomment>
        <translation>Drehen Sie den Kopf ein wenig nach rechts.</translation>
    </message>
    <message>
        <source>instruction-turn-back</source>
        <extracomment>That is too far: turn back a little.</extracomment>
        <translation>Das ist zu weit: Drehen Sie den Kopf etwas zurück.</translation>
    </message>
    <message>
        <source>instruction-lift-chin</source>
        <extracomment>Lift your chin a little.</extracomment>
        <translation>Heben Sie das Kinn ein wenig.</translation>
    </message>
    <message>
        <source>instruction-lower-chin</source>
        <extracomment>Lower your chin a little.</extracomment>
        <translation>Senken Sie das Kinn ein wenig.</translation>
    </message>
    <message>
        <source>instruction-smile</source>
        <extracomment>Look at the camera once more, and smile.</extracomment>
        <translation>Schauen Sie noch einmal in die Kamera und lächeln Sie.</translation>
    </message>
    <message>
        <source>instruction-stay</source>
        <extracomment>Good, stay like that.</extracomment>
        <translation>Gut so, bitte nicht bewegen.</translation>
    </message>
    <message>
        <source>instruction-done</source>
        <extracomment>Thank you, that is all.</extracomment>
        <translation>Danke, das war alles.</translation>
    </message>
    <message>
        <source>reason-already-there</source>
        <extracomment>File exists</extracomment>
        <translation>die Datei gibt es schon</translation>
    </message>
    <message>
        <source>reason-bad-medium</source>
        <extracomment>Input/output error</extracomment>
        <translation>Fehler beim Lesen oder Schreiben</translation>
    </message>
    <message>
        <source>reason-busy</source>
        <extracomment>Device or resource busy</extracomment>
        <translation>gerade in Benutzung</translation>
    </message>
    <message>
        <source>reason-connection-refused</source>
        <extracomment>Connection refused</extracomment>
        <translation>Verbindung abgelehnt</translation>
    </message>
    <message>
        <source>reason-crosses-disks</source>
        <extracomment>Invalid cross-device link</extracomment>
        <translation>liegt auf einem anderen Datenträger</translation>
    </message>
    <message>
        <source>reason-disk-full</source>
        <extracomment>No space left on device</extracomment>
        <translation>kein Platz mehr auf dem Datenträger</translation>
    </message>
    <message>
        <source>reason-folder-not-empty</source>
        <extracomment>Directory not empty</extracomment>
        <translation>der Ordner ist nicht leer</translation>
    </message>
    <message>
        <source>reason-forbidden</source>
        <extracomment>Permission denied</extracomment>
        <translation>keine Berechtigung</translation>
    </message>
    <message>
        <source>reason-is-a-folder</source>
        <extracomment>Is a directory</extracomment>
        <translation>das ist ein Ordner</translation>
    </message>
    <message>
        <source>reason-name-too-long</source>
        <extracomment>File name too long</extracomment>
        <translation>der Dateiname ist zu lang</translation>
    </message>
    <message>
        <source>reason-no-device</source>
        <extracomment>No such device</extracomment>
        <translation>das Gerät ist nicht da</translation>
    </message>
    <message>
        <source>reason-no-memory</source>
        <extracomment>Cannot allocate memory</extracomment>
        <translation>zu wenig Arbeitsspeicher</translation>
    </message>
    <message>
        <source>reason-not-allowed</source>
        <extracomment>Operation not permitted</extracomment>
        <translation>nicht erlaubt</translation>
    </message>
    <message>
        <source>reason-not-a-folder</source>
        <extracomment>Not a directory</extracomment>
        <translation>ein Teil des Pfads ist kein Ordner</translation>
    </message>
    <message>
        <source>reason-not-supported</source>
        <extracomment>Operation not supported</extracomment>
        <translation>wird hier nicht unterstützt</translation>
    </message>
    <message>
        <source>reason-not-there</source>
        <extracomment>No such file or directory</extracomment>
        <translation>Datei oder Ordner nicht gefunden</translation>
    </message>
    <message>
        <source>reason-pipe-closed</source>
        <extracomment>Broken pipe</extracomment>
        <translation>die Gegenseite hat die Verbindung geschlossen</translation>
    </message>
    <message>
        <source>reason-quota-used-up</source>
        <extracomment>Disk quota exceeded</extracomment>
        <translation>der Speicherplatz dieses Benutzers ist aufgebraucht</translation>
    </message>
    <message>
        <source>reason-read-only</source>
        <extracomment>Read-only file system</extracomment>
        <translation>der Datenträger ist schreibgeschützt</translation>
    </message>
    <message>
        <source>reason-timed-out</source>
        <extracomment>Connection timed out</extracomment>
        <translation>keine Antwort innerhalb der Wartezeit</translation>
    </message>
    <message>
        <source>reason-too-large</source>
        <extracomment>File too large</extracomment>
        <translation>die Datei ist zu groß</translation>
    </message>
    <message>
        <source>reason-too-many-files</source>
        <extracomment>Too many open files</extracomment>
        <translation>zu viele Dateien sind geöffnet</translation>
    </message>
    <message>
        <source>reason-too-many-links</source>
        <extracomment>Too many levels of symbolic links</extracomment>
        <translation>zu viele Verknüpfungen führen im Kreis</translation>
    </message>
    <message>
        <source>reason-another-users</source>
        <extracomment>it belongs to another user</extracomment>
        <translation>gehört einem anderen Benutzer</translation>
    </message>
    <message>
        <source>reason-changeable-by-others</source>
        <extracomment>other users can change it</extracomment>
        <translation>andere Benutzer können ihn ändern</translation>
    </message>
    <message>
        <source>reason-damaged</source>
        <extracomment>the file is damaged</extracomment>
        <translation>die Datei ist beschädigt</translation>
    </message>
    <message>
        <source>reason-device-not-file</source>
        <extracomment>it is a device, not a file</extracomment>
        <translation>das ist ein Gerät, keine Datei</translation>
    </message>
    <message>
        <source>reason-empty-file</source>
        <extracomment>the file is empty</extracomment>
        <translation>die Datei ist leer</translation>
    </message>
    <message>
        <source>reason-file-over-512-mb</source>
        <extracomment>the file is larger than 512 MB</extracomment>
        <translation>die Datei ist größer als 512 MB</translation>
    </message>
    <message>
        <source>reason-folder-not-file</source>
        <extracomment>it is a folder, not a file</extracomment>
        <translation>das ist ein Ordner, keine Datei</translation>
    </message>
    <message>
        <source>reason-impossible-name</source>
        <extracomment>no file can have this name</extracomment>
        <translation>so kann keine Datei heißen</translation>
    </message>
    <message>
        <source>reason-in-use-by-us</source>
        <extracomment>another nasfe-cam uses it</extracomment>
        <translation>NASFE Camera läuft schon und verwendet sie</translation>
    </message>
    <message>
        <source>reason-may-not-read</source>
        <extracomment>you have no permission to read it</extracomment>
        <translation>Sie dürfen die Datei nicht lesen</translation>
    </message>
    <message>
        <source>reason-no-answer</source>
        <extracomment>it did not answer any more</extracomment>
        <translation>es antwortet nicht mehr</translation>
    </message>
    <message>
        <source>reason-no-compression-known</source>
        <extracomment>its kind of compression is not known here</extracomment>
        <translation>die Art der Komprimierung ist hier nicht bekannt</translation>
    </message>
    <message>
        <source>reason-no-folder</source>
        <extracomment>it is not a folder</extracomment>
        <translation>das ist kein Ordner</translation>
    </message>
    <message>
        <source>reason-no-picture</source>
        <extracomment>it holds no readable picture</extracomment>
        <translation>darin ist kein lesbares Bild</translation>
    </message>
    <message>
        <source>reason-no-video</source>
        <extracomment>it holds no video</extracomment>
        <translation>darin ist kein Video</translation>
    </message>
    <message>
        <source>reason-not-a-file</source>
        <extracomment>it is a folder or a device, not a file</extracomment>
        <translation>das ist ein Ordner oder ein Gerät, keine Datei</translation>
    </message>
    <message>
        <source>reason-not-a-video</source>
        <extracomment>it is not a video, or damaged from its start</extracomment>
        <translation>das ist kein Video, oder der Anfang ist beschädigt</translation>
    </message>
    <message>
        <source>reason-other-kind</source>
        <extracomment>another kind of file</extracomment>
        <translation>das ist eine andere Art von Datei</translation>
    </message>
</context><context>
    <name>words</name>
    <message>
        <source>The clip has ended, and the camera is off</source>
        <translation>Das Video ist zu Ende, die Kamera ist aus</translation>
    </message>
    <message>
        <source>The camera is off</source>
        <translation>Die Kamera ist ausgeschaltet</translation>
    </message>
    <message>
        <source>Starting the camera …</source>
        <translation>Die Kamera wird eingeschaltet …</translation>
    </message>
    <message>
        <source>The camera is being switched off …</source>
        <translation>Die Kamera wird ausgeschaltet …</translation>
    </message>
    <message>
        <source>The camera stopped unexpectedly and is being started again …</source>
        <translation>Die Kamera wurde unerwartet beendet und startet neu …</translation>
    </message>
    <message>
        <source>The camera could not start</source>
        <translation>Die Kamera konnte nicht gestartet werden</translation>
    </message>
    <message>
        <source>The camera does not answer</source>
        <translation>Die Kamera reagiert nicht</translation>
    </message>
    <message>
        <source>The camera is on</source>
        <translation>Die Kamera ist eingeschaltet</translation>
    </message>
    <message>
        <source>{fps} pictures per second  ·  {delay} ms delay</source>
        <translation>{fps} Bilder pro Sekunde  ·  {delay} ms Verzögerung</translation>
    </message>
    <message>
        <source>1 picture per second  ·  {delay} ms delay</source>
        <translation>1 Bild pro Sekunde  ·  {delay} ms Verzögerung</translation>
    </message>
    <message>
        <source>The repair is starting.</source>
        <translation>Die Verbesserung startet.</translation>
    </message>
    <message>
        <source>Computed by {device}: {reason}.</source>
        <translation>Läuft auf {device}: {reason}.</translation>
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
        <translation>Die virtuelle Kamera ist nicht mehr vorhanden</translation>
    </message>
    <message>
        <source>Viewers see a notice until pictures come</source>
        <translation>Zuschauer sehen einen Hinweis, bis das Bild kommt</translation>
    </message>
    <message>
        <source>Nobody is watching: paused</source>
        <translation>Angehalten: Niemand sieht zu</translation>
    </message>
    <message>
        <source>On: choose “NASFE Camera” in your meeting</source>
        <translation>Eingeschaltet: Wählen Sie in der Videokonferenz „NASFE Camera“</translation>
    </message>
    <message>
        <source>On, and nobody is watching</source>
        <translation>Eingeschaltet, niemand sieht zu</translation>
    </message>
    <message>
        <source>In use by 1 program</source>
        <translation>Wird von 1 Programm verwendet</translation>
    </message>
    <message>
        <source>In use by {count} programs</source>
        <translation>Wird von {count} Programmen verwendet</translation>
    </message>
</context></TS>
