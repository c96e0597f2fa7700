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
Source: "UnityCapture\UnityCaptureFilter64bit.dll"; DestDir: "{app}\UnityCapture"; Flags: ignoreversion restartreplace uninsrestartdelete
Source: "UnityCapture\UnityCaptureFilter32bit.dll"; DestDir: "{app}\UnityCapture"; Flags: ignoreversion restartreplace uninsrestartdelete
Source: "UnityCapture\LICENSE"; DestDir: "{app}\UnityCapture"
Source: "..\..\LICENSE"; DestDir: "{app}"
Source: "..\..\nasfe_cam\assets\models\LICENSE.md"; DestDir: "{app}"; DestName: "LICENSE of the networks.md"

[Icons]
Name: "{group}\NASFE Camera"; Filename: "{app}\nasfe-cam-ui.exe"

[Run]
; 32-bit meeting programs see 32-bit cameras only, so both are registered.
Filename: "{sys}\regsvr32.exe"; Parameters: "/s ""{app}\UnityCapture\UnityCaptureFilter64bit.dll"" ""/i:UnityCaptureName={#Camera}"""; Flags: runhidden; Check: CameraIsFree
Filename: "{syswow64}\regsvr32.exe"; Parameters: "/s ""{app}\UnityCapture\UnityCaptureFilter32bit.dll"" ""/i:UnityCaptureName={#Camera}"""; Flags: runhidden; Check: CameraIsFree
Filename: "{app}\nasfe-cam-ui.exe"; Description: "{cm:LaunchProgram,NASFE Camera}"; Flags: postinstall nowait skipifsilent

[UninstallRun]
; What is checked is checked while installing: a camera of another program is left to it.
Filename: "{app}\nasfe-cam.exe"; Parameters: "stop"; Flags: runhidden; RunOnceId: "stop"
Filename: "{sys}\regsvr32.exe"; Parameters: "/s /u ""{app}\UnityCapture\UnityCaptureFilter64bit.dll"""; Flags: runhidden; RunOnceId: "filter64"; Check: CameraIsFree
Filename: "{syswow64}\regsvr32.exe"; Parameters: "/s /u ""{app}\UnityCapture\UnityCaptureFilter32bit.dll"""; Flags: runhidden; RunOnceId: "filter32"; Check: CameraIsFree

[Code]
// Another program may have set up Unity Capture under its own name, which it would lose.
function CameraIsFree(): Boolean;
var
  Name: String;
begin
  Result := not RegQueryStringValue(HKCR, 'CLSID\{860BB310-5D01-11d0-BD3B-00A0C911CE86}\Instance\'
    + '{5C2CD55C-92AD-4999-8666-912BD3E70010}', 'FriendlyName', Name) or (Name = '{#Camera}');
end;
