; Inno Setup 6: installs the programs and registers Unity Capture (MIT,
; github.com/schellingb/UnityCapture) as a camera named "NASFE Camera".
; build.cmd calls it with the version.

#define Camera "NASFE Camera"

[Setup]
AppId={{6C0C7B3E-0E0F-4B0B-9E59-6E4153464543}
AppName={#Camera}
AppVersion={#Version}
AppPublisher=NASFE Camera maintainers
DefaultDirName={autopf}\NASFE Camera
DefaultGroupName=NASFE Camera
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename=nasfe-cam-setup
SetupIconFile=..\..\build\nasfe-cam.ico
UninstallDisplayIcon={app}\nasfe-cam-ui.exe
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
; A camera is registered for the whole computer.
PrivilegesRequired=admin
Compression=lzma2
SolidCompression=yes
; The running camera is closed before its files are replaced.
CloseApplications=yes

[Languages]
Name: "english"; MessagesFile: "compiler:Default.isl"
Name: "german"; MessagesFile: "compiler:Languages\German.isl"

[Files]
Source: "..\..\dist\NASFE Camera\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion
Source: "UnityCapture\UnityCaptureFilter64.dll"; DestDir: "{app}\UnityCapture"; Flags: ignoreversion uninsrestartdelete
Source: "UnityCapture\UnityCaptureFilter32.dll"; DestDir: "{app}\UnityCapture"; Flags: ignoreversion uninsrestartdelete
Source: "UnityCapture\LICENSE"; DestDir: "{app}\UnityCapture"
Source: "..\..\LICENSE"; DestDir: "{app}"
Source: "..\..\nasfe_cam\assets\models\LICENSE.md"; DestDir: "{app}"; DestName: "LICENSE of the networks.md"

[Icons]
Name: "{group}\NASFE Camera"; Filename: "{app}\nasfe-cam-ui.exe"

[Run]
; 32-bit meeting programs see 32-bit cameras only, so both are registered.
Filename: "{sys}\regsvr32.exe"; Parameters: "/s ""{app}\UnityCapture\UnityCaptureFilter64.dll"" ""/i:UnityCaptureName={#Camera}"""; Flags: runhidden
Filename: "{syswow64}\regsvr32.exe"; Parameters: "/s ""{app}\UnityCapture\UnityCaptureFilter32.dll"" ""/i:UnityCaptureName={#Camera}"""; Flags: runhidden
Filename: "{app}\nasfe-cam-ui.exe"; Description: "{cm:LaunchProgram,NASFE Camera}"; Flags: postinstall nowait skipifsilent

[UninstallRun]
Filename: "{app}\nasfe-cam.exe"; Parameters: "stop"; Flags: runhidden; RunOnceId: "stop"
Filename: "{sys}\regsvr32.exe"; Parameters: "/s /u ""{app}\UnityCapture\UnityCaptureFilter64.dll"""; Flags: runhidden; RunOnceId: "filter64"
Filename: "{syswow64}\regsvr32.exe"; Parameters: "/s /u ""{app}\UnityCapture\UnityCaptureFilter32.dll"""; Flags: runhidden; RunOnceId: "filter32"
