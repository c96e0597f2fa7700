<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1">
  <context>
    <name>statements</name>
    <message>
      <source>attempt-failed</source>
      <extracomment>{precision} on {device} failed ({reason})</extracomment>
      <translation>{precision} on {device} failed ({reason})</translation>
    </message>
    <message>
      <source>better-engine-being-prepared</source>
      <extracomment>a better engine is being prepared</extracomment>
      <translation>a better engine is being prepared</translation>
    </message>
    <message>
      <source>bf16-in-hardware</source>
      <extracomment>the CPU computes bf16 in hardware</extracomment>
      <translation>the CPU computes bf16 in hardware</translation>
    </message>
    <message>
      <source>card-runs-one-graph</source>
      <extracomment>an NVIDIA card is there; a run is one CUDA graph</extracomment>
      <translation>an NVIDIA card is there; a run is one CUDA graph</translation>
    </message>
    <message>
      <source>card-runs-without-graph</source>
      <extracomment>an NVIDIA card is there; CUDA graphs are refused</extracomment>
      <translation>an NVIDIA card is there; CUDA graphs are refused</translation>
    </message>
    <message>
      <source>device-asked-for</source>
      <extracomment>{device} was asked for</extracomment>
      <translation>{device} was asked for</translation>
    </message>
    <message>
      <source>device-not-found</source>
      <extracomment>{kind} was asked for, but OpenVINO finds none</extracomment>
      <translation>{kind} was asked for, but OpenVINO finds none</translation>
    </message>
    <message>
      <source>device-spares-cpu</source>
      <extracomment>{device} leaves the CPU to the meeting</extracomment>
      <translation>{device} leaves the CPU to the meeting</translation>
    </message>
    <message>
      <source>int8-in-hardware</source>
      <extracomment>the CPU multiplies int8 in hardware</extracomment>
      <translation>the CPU multiplies int8 in hardware</translation>
    </message>
    <message>
      <source>no-bf16-in-hardware</source>
      <extracomment>the CPU has no bf16 arithmetic</extracomment>
      <translation>the CPU has no bf16 arithmetic</translation>
    </message>
    <message>
      <source>no-int8-in-hardware</source>
      <extracomment>the CPU does not multiply int8 in hardware</extracomment>
      <translation>the CPU does not multiply int8 in hardware</translation>
    </message>
    <message>
      <source>no-int8-file</source>
      <extracomment>the network has no INT8 file</extracomment>
      <translation>the network has no INT8 file</translation>
    </message>
    <message>
      <source>precision-asked-for</source>
      <extracomment>{precision} was asked for</extracomment>
      <translation>{precision} was asked for</translation>
    </message>
    <message>
      <source>camera-locked</source>
      <extracomment>{name} ({path}) may not be opened by you</extracomment>
      <translation>{name} ({path}) may not be opened by you</translation>
    </message>
    <message>
      <source>camera-locked/remedy</source>
      <extracomment>sudo usermod -aG video $USER, then log in again</extracomment>
      <translation>sudo usermod -aG video $USER, then log in again</translation>
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
      <translation>Please report this line at the project's issue tracker.</translation>
    </message>
    <message>
      <source>cpu-serves</source>
      <extracomment>the CPU serves</extracomment>
      <translation>the CPU serves</translation>
    </message>
    <message>
      <source>engine-serves</source>
      <extracomment>{device}, {precision}, {runtime}</extracomment>
      <translation>{device}, {precision}, {runtime}</translation>
    </message>
    <message>
      <source>intel-device-asked-for</source>
      <extracomment>{devices}; asked for: {chosen}</extracomment>
      <translation>{devices}; asked for: {chosen}</translation>
    </message>
    <message>
      <source>intel-device-missing</source>
      <extracomment>none of Intel's found; the CPU serves</extracomment>
      <translation>none of Intel's found; the CPU serves</translation>
    </message>
    <message>
      <source>intel-device-not-asked-for</source>
      <extracomment>{devices} is there but not used unless asked for</extracomment>
      <translation>{devices} is there but not used unless asked for</translation>
    </message>
    <message>
      <source>intel-device-not-asked-for/remedy</source>
      <extracomment>Nothing need be done. To try it, which we could not: nasfe-cam run --device {kind}</extracomment>
      <translation>Nothing need be done. To try it, which we could not: nasfe-cam run --device {kind}</translation>
    </message>
    <message>
      <source>models-whole</source>
      <extracomment>{count} files, {megabytes:.1f} MB, all checksums right</extracomment>
      <translation>{count} files, {megabytes:.1f} MB, all checksums right</translation>
    </message>
    <message>
      <source>networks-not-compiled</source>
      <extracomment>{networks} not compiled yet</extracomment>
      <translation>{networks} not compiled yet</translation>
    </message>
    <message>
      <source>networks-not-compiled/remedy</source>
      <extracomment>Compile now with nasfe-cam compile, or start the camera, which does it meanwhile.</extracomment>
      <translation>Compile now with nasfe-cam compile, or start the camera, which does it meanwhile.</translation>
    </message>
    <message>
      <source>no-camera</source>
      <extracomment>no camera gives pictures</extracomment>
      <translation>no camera gives pictures</translation>
    </message>
    <message>
      <source>no-camera/remedy</source>
      <extracomment>Plug a camera in, or try it with a clip: nasfe-cam run --source CLIP.mp4</extracomment>
      <translation>Plug a camera in, or try it with a clip: nasfe-cam run --source CLIP.mp4</translation>
    </message>
    <message>
      <source>no-camera-on-mac</source>
      <extracomment>no camera gives pictures</extracomment>
      <translation>no camera gives pictures</translation>
    </message>
    <message>
      <source>no-camera-on-mac/remedy</source>
      <extracomment>Plug a camera in, or try it with a clip: nasfe-cam run --source CLIP.mp4. Also allow the terminal to use the camera in System Settings, Privacy</extracomment>
      <translation>Plug a camera in, or try it with a clip: nasfe-cam run --source CLIP.mp4. Also allow the terminal to use the camera in System Settings, Privacy</translation>
    </message>
    <message>
      <source>no-profile-chosen</source>
      <extracomment>none chosen, {count} enrolled; the camera works without</extracomment>
      <translation>none chosen, {count} enrolled; the camera works without</translation>
    </message>
    <message>
      <source>nobody-enrolled</source>
      <extracomment>none chosen, 0 enrolled; the camera works without</extracomment>
      <translation>none chosen, 0 enrolled; the camera works without</translation>
    </message>
    <message>
      <source>nobody-enrolled/remedy</source>
      <extracomment>For a better likeness: nasfe-cam enrol PHOTOS --name NAME</extracomment>
      <translation>For a better likeness: nasfe-cam enrol PHOTOS --name NAME</translation>
    </message>
    <message>
      <source>nvidia-card-found</source>
      <extracomment>{card}, driver {driver}, {runtime}</extracomment>
      <translation>{card}, driver {driver}, {runtime}</translation>
    </message>
    <message>
      <source>nvidia-card-not-there</source>
      <extracomment>no card found</extracomment>
      <translation>no card found</translation>
    </message>
    <message>
      <source>obs-installed</source>
      <extracomment>OBS is installed; meetings list the camera as "OBS Virtual Camera"</extracomment>
      <translation>OBS is installed; meetings list the camera as "OBS Virtual Camera"</translation>
    </message>
    <message>
      <source>obs-installed/remedy</source>
      <extracomment>Start OBS's virtual camera once, so that macOS asks for the permission.</extracomment>
      <translation>Start OBS's virtual camera once, so that macOS asks for the permission.</translation>
    </message>
    <message>
      <source>obs-missing</source>
      <extracomment>OBS, whose camera is used on macOS, is not installed</extracomment>
      <translation>OBS, whose camera is used on macOS, is not installed</translation>
    </message>
    <message>
      <source>output-forbidden</source>
      <extracomment>{label!r} ({path}) may not be opened by you</extracomment>
      <translation>{label!r} ({path}) may not be opened by you</translation>
    </message>
    <message>
      <source>output-forbidden/remedy</source>
      <extracomment>sudo usermod -aG video $USER, then log in again</extracomment>
      <translation>sudo usermod -aG video $USER, then log in again</translation>
    </message>
    <message>
      <source>output-installed</source>
      <extracomment>{label!r} at {path}, exclusive_caps={caps}</extracomment>
      <translation>{label!r} at {path}, exclusive_caps={caps}</translation>
    </message>
    <message>
      <source>output-not-listed</source>
      <extracomment>{label!r} at {path}, exclusive_caps={caps}</extracomment>
      <translation>{label!r} at {path}, exclusive_caps={caps}</translation>
    </message>
    <message>
      <source>output-not-listed/remedy</source>
      <extracomment>Chrome and Teams list it only with exclusive_caps=1 (some versions of Zoom want 0):</extracomment>
      <translation>Chrome and Teams list it only with exclusive_caps=1 (some versions of Zoom want 0):</translation>
    </message>
    <message>
      <source>output-missing</source>
      <extracomment>{label!r} is not installed</extracomment>
      <translation>{label!r} is not installed</translation>
    </message>
    <message>
      <source>output-registered</source>
      <extracomment>{label!r} is registered</extracomment>
      <translation>{label!r} is registered</translation>
    </message>
    <message>
      <source>output-registered-old-way</source>
      <extracomment>{label!r} is registered</extracomment>
      <translation>{label!r} is registered</translation>
    </message>
    <message>
      <source>output-registered-old-way/remedy</source>
      <extracomment>Choose it in the meeting program: Windows' own Settings and Camera app, and some programs, may not list it since Windows 11 22H2.</extracomment>
      <translation>Choose it in the meeting program: Windows' own Settings and Camera app, and some programs, may not list it since Windows 11 22H2.</translation>
    </message>
    <message>
      <source>output-unnamed</source>
      <extracomment>v4l2loopback is loaded, but without a device named {label!r}</extracomment>
      <translation>v4l2loopback is loaded, but without a device named {label!r}</translation>
    </message>
    <message>
      <source>profile-used</source>
      <extracomment>{name!r}, photos: {photos}, {created}</extracomment>
      <translation>{name!r}, photos: {photos}, {created}</translation>
    </message>
    <message>
      <source>python-tried</source>
      <extracomment>Python {version}, {system} on {machine}, CPU threads: {threads}</extracomment>
      <translation>Python {version}, {system} on {machine}, CPU threads: {threads}</translation>
    </message>
    <message>
      <source>python-coarse-clock</source>
      <extracomment>Python {version}, {system} on {machine}, CPU threads: {threads}</extracomment>
      <translation>Python {version}, {system} on {machine}, CPU threads: {threads}</translation>
    </message>
    <message>
      <source>python-coarse-clock/remedy</source>
      <extracomment>On Windows use Python 3.13: older ones measure time in steps of 16 ms.</extracomment>
      <translation>On Windows use Python 3.13: older ones measure time in steps of 16 ms.</translation>
    </message>
    <message>
      <source>python-untried</source>
      <extracomment>Python {version}, {system} on {machine}, CPU threads: {threads}</extracomment>
      <translation>Python {version}, {system} on {machine}, CPU threads: {threads}</translation>
    </message>
    <message>
      <source>python-untried/remedy</source>
      <extracomment>Use Python 3.11, 3.12 or 3.13; others are untried.</extracomment>
      <translation>Use Python 3.11, 3.12 or 3.13; others are untried.</translation>
    </message>
    <message>
      <source>runs-without-profile</source>
      <extracomment>the camera runs without it</extracomment>
      <translation>the camera runs without it</translation>
    </message>
    <message>
      <source>settings-refused/remedy</source>
      <extracomment>Correct the settings file; see docs/settings.md.</extracomment>
      <translation>Correct the settings file; see docs/settings.md.</translation>
    </message>
    <message>
      <source>settings-valid</source>
      <extracomment>valid</extracomment>
      <translation>valid</translation>
    </message>
    <message>
      <source>space-enough</source>
      <extracomment>{gigabytes:.1f} GB free at {folder}</extracomment>
      <translation>{gigabytes:.1f} GB free at {folder}</translation>
    </message>
    <message>
      <source>space-little</source>
      <extracomment>{gigabytes:.1f} GB free at {folder}</extracomment>
      <translation>{gigabytes:.1f} GB free at {folder}</translation>
    </message>
    <message>
      <source>space-little/remedy</source>
      <extracomment>Free some space before you record to a file.</extracomment>
      <translation>Free some space before you record to a file.</translation>
    </message>
    <message>
      <source>tracker-loads</source>
      <extracomment>loads</extracomment>
      <translation>loads</translation>
    </message>
    <message>
      <source>install-by-command/remedy</source>
      <extracomment>{command}</extracomment>
      <translation>{command}</translation>
    </message>
    <message>
      <source>install-obs/remedy</source>
      <extracomment>Install OBS from https://obsproject.com and start its virtual camera once.</extracomment>
      <translation>Install OBS from https://obsproject.com and start its virtual camera once.</translation>
    </message>
    <message>
      <source>install-unity-capture/remedy</source>
      <extracomment>Install Unity Capture, then as administrator: regsvr32 "UnityCaptureFilter64bit.dll" "/i:UnityCaptureName={label}"</extracomment>
      <translation>Install Unity Capture, then as administrator: regsvr32 "UnityCaptureFilter64bit.dll" "/i:UnityCaptureName={label}"</translation>
    </message>
    <message>
      <source>cameras-not-listed</source>
      <extracomment>The cameras of this computer could not be listed.</extracomment>
      <translation>The cameras of this computer could not be listed.</translation>
    </message>
    <message>
      <source>cameras-not-listed/remedy</source>
      <extracomment>Check them with: nasfe-cam doctor</extracomment>
      <translation>Check them with: nasfe-cam doctor</translation>
    </message>
    <message>
      <source>computer-not-checked</source>
      <extracomment>This computer could not be checked.</extracomment>
      <translation>This computer could not be checked.</translation>
    </message>
    <message>
      <source>computer-not-checked/remedy</source>
      <extracomment>Run in a terminal to see why: nasfe-cam doctor</extracomment>
      <translation>Run in a terminal to see why: nasfe-cam doctor</translation>
    </message>
    <message>
      <source>camera-crashed</source>
      <extracomment>The camera stopped unexpectedly. It is being started again.</extracomment>
      <translation>The camera stopped unexpectedly. It is being started again.</translation>
    </message>
    <message>
      <source>camera-did-not-answer</source>
      <extracomment>The camera did not answer within {seconds:g} seconds.</extracomment>
      <translation>The camera did not answer within {seconds:g} seconds.</translation>
    </message>
    <message>
      <source>camera-did-not-end</source>
      <extracomment>The camera was asked to end and did not within {seconds:.0f} seconds; it was ended.</extracomment>
      <translation>The camera was asked to end and did not within {seconds:.0f} seconds; it was ended.</translation>
    </message>
    <message>
      <source>camera-did-not-end/remedy</source>
      <extracomment>If this goes on, unplug the webcam and plug it in again.</extracomment>
      <translation>If this goes on, unplug the webcam and plug it in again.</translation>
    </message>
    <message>
      <source>camera-did-not-start</source>
      <extracomment>The camera ended at its start (exit code {exit_code}).</extracomment>
      <translation>The camera ended at its start (exit code {exit_code}).</translation>
    </message>
    <message>
      <source>camera-hung</source>
      <extracomment>The camera did not answer any more and was ended. It is being started again.</extracomment>
      <translation>The camera did not answer any more and was ended. It is being started again.</translation>
    </message>
    <message>
      <source>camera-not-running</source>
      <extracomment>The camera is off.</extracomment>
      <translation>The camera is off.</translation>
    </message>
    <message>
      <source>camera-program-not-started</source>
      <extracomment>The camera program cannot be started ({reason}).</extracomment>
      <translation>The camera program cannot be started ({reason}).</translation>
    </message>
    <message>
      <source>camera-program-not-started/remedy</source>
      <extracomment>Check the disk.</extracomment>
      <translation>Check the disk.</translation>
    </message>
    <message>
      <source>camera-runs-already</source>
      <extracomment>The camera runs already (process {process}).</extracomment>
      <translation>The camera runs already (process {process}).</translation>
    </message>
    <message>
      <source>camera-runs-already/remedy</source>
      <extracomment>Steer it with nasfe-cam set, end it with nasfe-cam stop, or start another one beside it with --no-control.</extracomment>
      <translation>Steer it with nasfe-cam set, end it with nasfe-cam stop, or start another one beside it with --no-control.</translation>
    </message>
    <message>
      <source>camera-silent</source>
      <extracomment>The camera does not answer.</extracomment>
      <translation>The camera does not answer.</translation>
    </message>
    <message>
      <source>camera-silent/remedy</source>
      <extracomment>If that goes on, it is ended and started again.</extracomment>
      <translation>If that goes on, it is ended and started again.</translation>
    </message>
    <message>
      <source>control-connection-lost</source>
      <extracomment>The camera has ended.</extracomment>
      <translation>The camera has ended.</translation>
    </message>
    <message>
      <source>control-folder-unsafe</source>
      <extracomment>The folder {folder} is not safe for steering the camera ({reason}).</extracomment>
      <translation>The folder {folder} is not safe for steering the camera ({reason}).</translation>
    </message>
    <message>
      <source>control-folder-unsafe/remedy</source>
      <extracomment>Remove it, or set XDG_RUNTIME_DIR to a folder of your own.</extracomment>
      <translation>Remove it, or set XDG_RUNTIME_DIR to a folder of your own.</translation>
    </message>
    <message>
      <source>control-not-served</source>
      <extracomment>The camera cannot be steered by other programs: {folder} cannot be used ({reason}).</extracomment>
      <translation>The camera cannot be steered by other programs: {folder} cannot be used ({reason}).</translation>
    </message>
    <message>
      <source>control-not-served/remedy</source>
      <extracomment>The picture is not affected.</extracomment>
      <translation>The picture is not affected.</translation>
    </message>
    <message>
      <source>control-refused</source>
      <extracomment>The running camera cannot be steered from here ({reason}).</extracomment>
      <translation>The running camera cannot be steered from here ({reason}).</translation>
    </message>
    <message>
      <source>control-refused/remedy</source>
      <extracomment>Use the user account that started it, or end it there with Ctrl+C.</extracomment>
      <translation>Use the user account that started it, or end it there with Ctrl+C.</translation>
    </message>
    <message>
      <source>control-version-unknown</source>
      <extracomment>The running camera belongs to another version of NASFE Camera. End it where it was started, and start it here again.</extracomment>
      <translation>The running camera belongs to another version of NASFE Camera. End it where it was started, and start it here again.</translation>
    </message>
    <message>
      <source>message-malformed</source>
      <extracomment>A message between programs was not understood ({reason}).</extracomment>
      <translation>A message between programs was not understood ({reason}).</translation>
    </message>
    <message>
      <source>message-malformed/remedy</source>
      <extracomment>Start the camera and the program that steers it from the same version.</extracomment>
      <translation>Start the camera and the program that steers it from the same version.</translation>
    </message>
    <message>
      <source>preview-not-shown</source>
      <extracomment>The preview cannot be shown ({reason}).</extracomment>
      <translation>The preview cannot be shown ({reason}).</translation>
    </message>
    <message>
      <source>preview-not-shown/remedy</source>
      <extracomment>The camera goes on.</extracomment>
      <translation>The camera goes on.</translation>
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
      <translation>Setting {name} changes only when the camera starts again.</translation>
    </message>
    <message>
      <source>setting-needs-restart/remedy</source>
      <extracomment>While it runs you can set: {live}.</extracomment>
      <translation>While it runs you can set: {live}.</translation>
    </message>
    <message>
      <source>engine-build-stopped</source>
      <extracomment>Compiling the network was stopped.</extracomment>
      <translation>Compiling the network was stopped.</translation>
    </message>
    <message>
      <source>engine-build-stopped/remedy</source>
      <extracomment>Start it again with nasfe-cam compile</extracomment>
      <translation>Start it again with nasfe-cam compile</translation>
    </message>
    <message>
      <source>engine-cache-unusable</source>
      <extracomment>Compiled networks cannot be kept in {folder} ({reason}), so they are compiled at every start.</extracomment>
      <translation>Compiled networks cannot be kept in {folder} ({reason}), so they are compiled at every start.</translation>
    </message>
    <message>
      <source>engine-cache-unusable/remedy</source>
      <extracomment>Free some space there, or make the folder yours.</extracomment>
      <translation>Free some space there, or make the folder yours.</translation>
    </message>
    <message>
      <source>engine-disagrees</source>
      <extracomment>{refused} computes another {tensor} than {kept} does, so {kept} goes on.</extracomment>
      <translation>{refused} computes another {tensor} than {kept} does, so {kept} goes on.</translation>
    </message>
    <message>
      <source>engine-disagrees/remedy</source>
      <extracomment>Update the driver of the device; nasfe-cam doctor shows it.</extracomment>
      <translation>Update the driver of the device; nasfe-cam doctor shows it.</translation>
    </message>
    <message>
      <source>engine-fell-back</source>
      <extracomment>The repair stopped running on {failed} ({reason}). It runs on {now} now, without a gap.</extracomment>
      <translation>The repair stopped running on {failed} ({reason}). It runs on {now} now, without a gap.</translation>
    </message>
    <message>
      <source>engine-run-failed</source>
      <extracomment>The repair stopped running on {device} ({reason}). The picture is shown unrepaired.</extracomment>
      <translation>The repair stopped running on {device} ({reason}). The picture is shown unrepaired.</translation>
    </message>
    <message>
      <source>intel-device-unusable</source>
      <extracomment>Intel's {kind} does not serve ({reason}).</extracomment>
      <translation>Intel's {kind} does not serve ({reason}).</translation>
    </message>
    <message>
      <source>intel-device-unusable/remedy</source>
      <extracomment>The CPU does; install the {kind}'s newest driver, or choose another --device.</extracomment>
      <translation>The CPU does; install the {kind}'s newest driver, or choose another --device.</translation>
    </message>
    <message>
      <source>model-contract-broken</source>
      <extracomment>Model file {path} is not a NASFE network ({reason}).</extracomment>
      <translation>Model file {path} is not a NASFE network ({reason}).</translation>
    </message>
    <message>
      <source>model-contract-broken/remedy</source>
      <extracomment>Export it again with: nasfe-train export</extracomment>
      <translation>Export it again with: nasfe-train export</translation>
    </message>
    <message>
      <source>model-file-damaged</source>
      <extracomment>Model file {path} is damaged ({reason}).</extracomment>
      <translation>Model file {path} is damaged ({reason}).</translation>
    </message>
    <message>
      <source>model-file-damaged/remedy</source>
      <extracomment>Reinstall NASFE Camera: pip install --force-reinstall nasfe-cam</extracomment>
      <translation>Reinstall NASFE Camera: pip install --force-reinstall nasfe-cam</translation>
    </message>
    <message>
      <source>model-file-missing</source>
      <extracomment>Model file {path} is missing.</extracomment>
      <translation>Model file {path} is missing.</translation>
    </message>
    <message>
      <source>model-file-missing/remedy</source>
      <extracomment>Reinstall NASFE Camera: pip install --force-reinstall nasfe-cam</extracomment>
      <translation>Reinstall NASFE Camera: pip install --force-reinstall nasfe-cam</translation>
    </message>
    <message>
      <source>compute-capability-unknown</source>
      <extracomment>Compute capability {given!r} is none that {runtime} compiles for ahead of time. It knows: {known}.</extracomment>
      <translation>Compute capability {given!r} is none that {runtime} compiles for ahead of time. It knows: {known}.</translation>
    </message>
    <message>
      <source>compute-capability-unknown/remedy</source>
      <extracomment>Choose one of these, or compile on the machine that has the card.</extracomment>
      <translation>Choose one of these, or compile on the machine that has the card.</translation>
    </message>
    <message>
      <source>cuda-call-failed</source>
      <extracomment>CUDA refused {call} ({reason}).</extracomment>
      <translation>CUDA refused {call} ({reason}).</translation>
    </message>
    <message>
      <source>cuda-call-failed/remedy</source>
      <extracomment>Check the card with: nasfe-cam doctor</extracomment>
      <translation>Check the card with: nasfe-cam doctor</translation>
    </message>
    <message>
      <source>engine-not-built</source>
      <extracomment>{network} cannot be compiled for {target} ({reason}).</extracomment>
      <translation>{network} cannot be compiled for {target} ({reason}).</translation>
    </message>
    <message>
      <source>engine-not-built/remedy</source>
      <extracomment>The network runs on the CPU. To use the card, install another version of TensorRT.</extracomment>
      <translation>The network runs on the CPU. To use the card, install another version of TensorRT.</translation>
    </message>
    <message>
      <source>engine-refused</source>
      <extracomment>{device} refuses the compiled network ({reason}).</extracomment>
      <translation>{device} refuses the compiled network ({reason}).</translation>
    </message>
    <message>
      <source>engine-refused/remedy</source>
      <extracomment>Compile it again with: nasfe-cam compile</extracomment>
      <translation>Compile it again with: nasfe-cam compile</translation>
    </message>
    <message>
      <source>nvidia-card-missing</source>
      <extracomment>No NVIDIA card was found.</extracomment>
      <translation>No NVIDIA card was found.</translation>
    </message>
    <message>
      <source>nvidia-card-missing/remedy</source>
      <extracomment>If there is one, install its driver.</extracomment>
      <translation>If there is one, install its driver.</translation>
    </message>
    <message>
      <source>no-card-to-compile-for</source>
      <extracomment>No NVIDIA card was found.</extracomment>
      <translation>No NVIDIA card was found.</translation>
    </message>
    <message>
      <source>no-card-to-compile-for/remedy</source>
      <extracomment>If there is one, install its driver; to compile for another machine, name its card with nasfe-cam compile --compute-capability</extracomment>
      <translation>If there is one, install its driver; to compile for another machine, name its card with nasfe-cam compile --compute-capability</translation>
    </message>
    <message>
      <source>nvidia-driver-unusable</source>
      <extracomment>The graphics card {cards} cannot be used ({reason}).</extracomment>
      <translation>The graphics card {cards} cannot be used ({reason}).</translation>
    </message>
    <message>
      <source>nvidia-driver-unusable/remedy</source>
      <extracomment>Install NVIDIA's newest driver for it and start the computer again.</extracomment>
      <translation>Install NVIDIA's newest driver for it and start the computer again.</translation>
    </message>
    <message>
      <source>tensorrt-missing</source>
      <extracomment>TensorRT for {cards} cannot be loaded ({reason}).</extracomment>
      <translation>TensorRT for {cards} cannot be loaded ({reason}).</translation>
    </message>
    <message>
      <source>tensorrt-missing/remedy</source>
      <extracomment>Install the extra 'tensorrt' with: pip install 'nasfe-cam[tensorrt]'</extracomment>
      <translation>Install the extra 'tensorrt' with: pip install 'nasfe-cam[tensorrt]'</translation>
    </message>
    <message>
      <source>enrolment-cancelled</source>
      <extracomment>Enrolment was cancelled; nothing was kept.</extracomment>
      <translation>Enrolment was cancelled; nothing was kept.</translation>
    </message>
    <message>
      <source>enrolment-cancelled/remedy</source>
      <extracomment>Start it again at any time.</extracomment>
      <translation>Start it again at any time.</translation>
    </message>
    <message>
      <source>home-unknown</source>
      <extracomment>This user has no home folder.</extracomment>
      <translation>This user has no home folder.</translation>
    </message>
    <message>
      <source>home-unknown/remedy</source>
      <extracomment>Set the environment variable HOME to a folder of this user.</extracomment>
      <translation>Set the environment variable HOME to a folder of this user.</translation>
    </message>
    <message>
      <source>memory-limited</source>
      <extracomment>This program may use {megabytes} MB of address space only, and needs {needed} MB.</extracomment>
      <translation>This program may use {megabytes} MB of address space only, and needs {needed} MB.</translation>
    </message>
    <message>
      <source>memory-limited/remedy</source>
      <extracomment>Raise the limit with: ulimit -v unlimited</extracomment>
      <translation>Raise the limit with: ulimit -v unlimited</translation>
    </message>
    <message>
      <source>network-unknown</source>
      <extracomment>There is no network {name!r}.</extracomment>
      <translation>There is no network {name!r}.</translation>
    </message>
    <message>
      <source>network-unknown/remedy</source>
      <extracomment>Check the name after --model; the one that comes with the program is {shipped}.</extracomment>
      <translation>Check the name after --model; the one that comes with the program is {shipped}.</translation>
    </message>
    <message>
      <source>no-display</source>
      <extracomment>The window cannot open: {reason}.</extracomment>
      <translation>The window cannot open: {reason}.</translation>
    </message>
    <message>
      <source>no-display/remedy</source>
      <extracomment>Start it on a desktop, or run the camera without a window: nasfe-cam run</extracomment>
      <translation>Start it on a desktop, or run the camera without a window: nasfe-cam run</translation>
    </message>
    <message>
      <source>nothing-restored</source>
      <extracomment>No frame of the clip was restored: it shows no face, or the network did not load.</extracomment>
      <translation>No frame of the clip was restored: it shows no face, or the network did not load.</translation>
    </message>
    <message>
      <source>nothing-restored/remedy</source>
      <extracomment>Choose another clip, or check the program with: nasfe-cam doctor</extracomment>
      <translation>Choose another clip, or check the program with: nasfe-cam doctor</translation>
    </message>
    <message>
      <source>nothing-to-enrol</source>
      <extracomment>There are no photos to enrol from.</extracomment>
      <translation>There are no photos to enrol from.</translation>
    </message>
    <message>
      <source>nothing-to-enrol/remedy</source>
      <extracomment>Give photos or a folder of them, or add --from-camera to have your picture taken.</extracomment>
      <translation>Give photos or a folder of them, or add --from-camera to have your picture taken.</translation>
    </message>
    <message>
      <source>frames-not-handed-over</source>
      <extracomment>Frames cannot be handed over in {folder} ({reason}).</extracomment>
      <translation>Frames cannot be handed over in {folder} ({reason}).</translation>
    </message>
    <message>
      <source>frames-not-handed-over/remedy</source>
      <extracomment>Free some space there; if the folder is another user's, remove it.</extracomment>
      <translation>Free some space there; if the folder is another user's, remove it.</translation>
    </message>
    <message>
      <source>host-failed</source>
      <extracomment>The program that shows the virtual camera stopped ({reason}). It is started again.</extracomment>
      <translation>The program that shows the virtual camera stopped ({reason}). It is started again.</translation>
    </message>
    <message>
      <source>output-file-failed</source>
      <extracomment>{path} cannot be written ({reason}). Free some space there.</extracomment>
      <translation>{path} cannot be written ({reason}). Free some space there.</translation>
    </message>
    <message>
      <source>disk-full</source>
      <extracomment>{path} cannot be written ({reason}).</extracomment>
      <translation>{path} cannot be written ({reason}).</translation>
    </message>
    <message>
      <source>disk-full/remedy</source>
      <extracomment>Free some space, or choose a file on another disk.</extracomment>
      <translation>Free some space, or choose a file on another disk.</translation>
    </message>
    <message>
      <source>output-file-forbidden</source>
      <extracomment>{path} cannot be written ({reason}).</extracomment>
      <translation>{path} cannot be written ({reason}).</translation>
    </message>
    <message>
      <source>output-file-forbidden/remedy</source>
      <extracomment>Choose a folder in which you may write.</extracomment>
      <translation>Choose a folder in which you may write.</translation>
    </message>
    <message>
      <source>output-file-is-folder</source>
      <extracomment>{path} cannot be written ({reason}).</extracomment>
      <translation>{path} cannot be written ({reason}).</translation>
    </message>
    <message>
      <source>output-file-is-folder/remedy</source>
      <extracomment>Give the name of a file in that folder.</extracomment>
      <translation>Give the name of a file in that folder.</translation>
    </message>
    <message>
      <source>output-folder-missing</source>
      <extracomment>{path} cannot be written ({reason}).</extracomment>
      <translation>{path} cannot be written ({reason}).</translation>
    </message>
    <message>
      <source>output-folder-missing/remedy</source>
      <extracomment>Make its folder first, or choose a file in another one.</extracomment>
      <translation>Make its folder first, or choose a file in another one.</translation>
    </message>
    <message>
      <source>recording-lost</source>
      <extracomment>{path} cannot be written any more ({reason}); what was recorded is kept.</extracomment>
      <translation>{path} cannot be written any more ({reason}); what was recorded is kept.</translation>
    </message>
    <message>
      <source>recording-lost/remedy</source>
      <extracomment>Free some space, and start the camera again to go on recording.</extracomment>
      <translation>Free some space, and start the camera again to go on recording.</translation>
    </message>
    <message>
      <source>output-size-fixed</source>
      <extracomment>{output} cannot change its size while it runs ({reason}).</extracomment>
      <translation>{output} cannot change its size while it runs ({reason}).</translation>
    </message>
    <message>
      <source>output-size-fixed/remedy</source>
      <extracomment>End the camera and start it again.</extracomment>
      <translation>End the camera and start it again.</translation>
    </message>
    <message>
      <source>preview-failed</source>
      <extracomment>The preview window cannot be shown ({reason}).</extracomment>
      <translation>The preview window cannot be shown ({reason}).</translation>
    </message>
    <message>
      <source>preview-failed/remedy</source>
      <extracomment>Start nasfe-cam on a desktop, or leave out the output 'preview'.</extracomment>
      <translation>Start nasfe-cam on a desktop, or leave out the output 'preview'.</translation>
    </message>
    <message>
      <source>recording-exists</source>
      <extracomment>There is a file {path} already.</extracomment>
      <translation>There is a file {path} already.</translation>
    </message>
    <message>
      <source>recording-exists/remedy</source>
      <extracomment>Choose another --output-file, or add --replace to put the new recording in its place.</extracomment>
      <translation>Choose another --output-file, or add --replace to put the new recording in its place.</translation>
    </message>
    <message>
      <source>recording-is-source</source>
      <extracomment>{path} is the clip that is shown.</extracomment>
      <translation>{path} is the clip that is shown.</translation>
    </message>
    <message>
      <source>recording-is-source/remedy</source>
      <extracomment>Choose another --output-file.</extracomment>
      <translation>Choose another --output-file.</translation>
    </message>
    <message>
      <source>recording-kind-unknown</source>
      <extracomment>A recording cannot be a {suffix} file.</extracomment>
      <translation>A recording cannot be a {suffix} file.</translation>
    </message>
    <message>
      <source>recording-kind-unknown/remedy</source>
      <extracomment>Give --output-file a name that ends in .mp4, .mov or .mkv.</extracomment>
      <translation>Give --output-file a name that ends in .mp4, .mov or .mkv.</translation>
    </message>
    <message>
      <source>recording-not-local</source>
      <extracomment>{path} is a network address; nothing is ever sent to a network.</extracomment>
      <translation>{path} is a network address; nothing is ever sent to a network.</translation>
    </message>
    <message>
      <source>recording-not-local/remedy</source>
      <extracomment>Give --output-file the path of a local file.</extracomment>
      <translation>Give --output-file the path of a local file.</translation>
    </message>
    <message>
      <source>virtual-camera-forbidden</source>
      <extracomment>You may not open the virtual camera “{label}” ({path}). Add yourself to its group, usually with: sudo usermod -aG video $USER, then log in again.</extracomment>
      <translation>You may not open the virtual camera “{label}” ({path}). Add yourself to its group, usually with: sudo usermod -aG video $USER, then log in again.</translation>
    </message>
    <message>
      <source>virtual-camera-missing</source>
      <extracomment>The virtual camera “{label}” is not installed, so other programs cannot see the picture.</extracomment>
      <translation>The virtual camera “{label}” is not installed, so other programs cannot see the picture.</translation>
    </message>
    <message>
      <source>virtual-camera-taken</source>
      <extracomment>The virtual camera “{label}” cannot be opened ({reason}). Close the program that writes to it.</extracomment>
      <translation>The virtual camera “{label}” cannot be opened ({reason}). Close the program that writes to it.</translation>
    </message>
    <message>
      <source>path-unreachable</source>
      <extracomment>{path} cannot be looked at ({reason}).</extracomment>
      <translation>{path} cannot be looked at ({reason}).</translation>
    </message>
    <message>
      <source>path-unreachable/remedy</source>
      <extracomment>Check the spelling, and who may enter its folder.</extracomment>
      <translation>Check the spelling, and who may enter its folder.</translation>
    </message>
    <message>
      <source>not-needed</source>
      <extracomment>{most} better photos were taken.</extracomment>
      <translation>{most} better photos were taken.</translation>
    </message>
    <message>
      <source>not-needed/remedy</source>
      <extracomment>Nothing need be done about it.</extracomment>
      <translation>Nothing need be done about it.</translation>
    </message>
    <message>
      <source>duplicate</source>
      <extracomment>It hardly differs from {other}.</extracomment>
      <translation>It hardly differs from {other}.</translation>
    </message>
    <message>
      <source>duplicate/remedy</source>
      <extracomment>Choose a photo from another day or in other light.</extracomment>
      <translation>Choose a photo from another day or in other light.</translation>
    </message>
    <message>
      <source>eyes-closed</source>
      <extracomment>The eyes are closed.</extracomment>
      <translation>The eyes are closed.</translation>
    </message>
    <message>
      <source>eyes-closed/remedy</source>
      <extracomment>Choose a photo with open eyes.</extracomment>
      <translation>Choose a photo with open eyes.</translation>
    </message>
    <message>
      <source>eyes-hidden</source>
      <extracomment>An eye is hidden, as by sunglasses, hair or a deep shadow.</extracomment>
      <translation>An eye is hidden, as by sunglasses, hair or a deep shadow.</translation>
    </message>
    <message>
      <source>eyes-hidden/remedy</source>
      <extracomment>Choose a photo that shows both eyes.</extracomment>
      <translation>Choose a photo that shows both eyes.</translation>
    </message>
    <message>
      <source>covered</source>
      <extracomment>Nose and mouth are covered, as by a mask or a scarf.</extracomment>
      <translation>Nose and mouth are covered, as by a mask or a scarf.</translation>
    </message>
    <message>
      <source>covered/remedy</source>
      <extracomment>Choose a photo that shows your whole face.</extracomment>
      <translation>Choose a photo that shows your whole face.</translation>
    </message>
    <message>
      <source>too-small</source>
      <extracomment>The head takes {side} pixels, and {needed} are needed.</extracomment>
      <translation>The head takes {side} pixels, and {needed} are needed.</translation>
    </message>
    <message>
      <source>too-small/remedy</source>
      <extracomment>Choose a photo from closer by, or one with more pixels.</extracomment>
      <translation>Choose a photo from closer by, or one with more pixels.</translation>
    </message>
    <message>
      <source>turned-away</source>
      <extracomment>The head is turned or tilted too far.</extracomment>
      <translation>The head is turned or tilted too far.</translation>
    </message>
    <message>
      <source>turned-away/remedy</source>
      <extracomment>Choose a photo that shows both eyes and cheeks.</extracomment>
      <translation>Choose a photo that shows both eyes and cheeks.</translation>
    </message>
    <message>
      <source>no-face</source>
      <extracomment>No face was found.</extracomment>
      <translation>No face was found.</translation>
    </message>
    <message>
      <source>no-face/remedy</source>
      <extracomment>Choose a photo in which your face looks at the camera, unhidden.</extracomment>
      <translation>Choose a photo in which your face looks at the camera, unhidden.</translation>
    </message>
    <message>
      <source>none-accepted</source>
      <extracomment>No photo can be used.</extracomment>
      <translation>No photo can be used.</translation>
    </message>
    <message>
      <source>none-accepted/remedy</source>
      <extracomment>{reasons}</extracomment>
      <translation>{reasons}</translation>
    </message>
    <message>
      <source>no-photos</source>
      <extracomment>There is no photo at {path}.</extracomment>
      <translation>There is no photo at {path}.</translation>
    </message>
    <message>
      <source>no-photos/remedy</source>
      <extracomment>Give a folder with JPEG or PNG photos, or the photos.</extracomment>
      <translation>Give a folder with JPEG or PNG photos, or the photos.</translation>
    </message>
    <message>
      <source>other-person</source>
      <extracomment>It shows another person than the other photos.</extracomment>
      <translation>It shows another person than the other photos.</translation>
    </message>
    <message>
      <source>other-person/remedy</source>
      <extracomment>Leave it out, or enrol that person under a name of their own.</extracomment>
      <translation>Leave it out, or enrol that person under a name of their own.</translation>
    </message>
    <message>
      <source>blurred</source>
      <extracomment>The face is blurred.</extracomment>
      <translation>The face is blurred.</translation>
    </message>
    <message>
      <source>blurred/remedy</source>
      <extracomment>Choose a sharp photo.</extracomment>
      <translation>Choose a sharp photo.</translation>
    </message>
    <message>
      <source>too-bright</source>
      <extracomment>Parts of the face are burnt out to white.</extracomment>
      <translation>Parts of the face are burnt out to white.</translation>
    </message>
    <message>
      <source>too-bright/remedy</source>
      <extracomment>Choose a photo with softer light.</extracomment>
      <translation>Choose a photo with softer light.</translation>
    </message>
    <message>
      <source>too-dark</source>
      <extracomment>The face is too dark.</extracomment>
      <translation>The face is too dark.</translation>
    </message>
    <message>
      <source>too-dark/remedy</source>
      <extracomment>Choose a photo with light on your face.</extracomment>
      <translation>Choose a photo with light on your face.</translation>
    </message>
    <message>
      <source>unreadable</source>
      <extracomment>The photo cannot be read ({reason}).</extracomment>
      <translation>The photo cannot be read ({reason}).</translation>
    </message>
    <message>
      <source>unreadable/remedy</source>
      <extracomment>Save it again as JPEG or PNG, or leave it out.</extracomment>
      <translation>Save it again as JPEG or PNG, or leave it out.</translation>
    </message>
    <message>
      <source>several-faces</source>
      <extracomment>{count} faces are in it.</extracomment>
      <translation>{count} faces are in it.</translation>
    </message>
    <message>
      <source>several-faces/remedy</source>
      <extracomment>Say which one is yours, or choose a photo of you alone.</extracomment>
      <translation>Say which one is yours, or choose a photo of you alone.</translation>
    </message>
    <message>
      <source>several-people</source>
      <extracomment>The photos show different people, and none of them most often ({photos}).</extracomment>
      <translation>The photos show different people, and none of them most often ({photos}).</translation>
    </message>
    <message>
      <source>several-people/remedy</source>
      <extracomment>Choose photos of one person.</extracomment>
      <translation>Choose photos of one person.</translation>
    </message>
    <message>
      <source>profile-copies-unusable</source>
      <extracomment>No photo kept in the profile “{name}” can be used. The picture is repaired without them; enrol the person again to use their photos.</extracomment>
      <translation>No photo kept in the profile “{name}” can be used. The picture is repaired without them; enrol the person again to use their photos.</translation>
    </message>
    <message>
      <source>profile-damaged</source>
      <extracomment>The profile “{name}” cannot be used; the camera goes on without it. Enrol again.</extracomment>
      <translation>The profile “{name}” cannot be used; the camera goes on without it. Enrol again.</translation>
    </message>
    <message>
      <source>profile-deleted</source>
      <extracomment>The profile “{name}” was deleted; the camera goes on without it.</extracomment>
      <translation>The profile “{name}” was deleted; the camera goes on without it.</translation>
    </message>
    <message>
      <source>profile-exists</source>
      <extracomment>There is a profile “{name}” already.</extracomment>
      <translation>There is a profile “{name}” already.</translation>
    </message>
    <message>
      <source>profile-file-exists</source>
      <extracomment>There is a file {path} already.</extracomment>
      <translation>There is a file {path} already.</translation>
    </message>
    <message>
      <source>profile-file-refused</source>
      <extracomment>{path} is no profile that can be taken over ({reason}).</extracomment>
      <translation>{path} is no profile that can be taken over ({reason}).</translation>
    </message>
    <message>
      <source>profile-file-refused/remedy</source>
      <extracomment>Export it again where it comes from.</extracomment>
      <translation>Export it again where it comes from.</translation>
    </message>
    <message>
      <source>profile-file-foreign</source>
      <extracomment>{path} is not a file that nasfe-cam profiles export wrote.</extracomment>
      <translation>{path} is not a file that nasfe-cam profiles export wrote.</translation>
    </message>
    <message>
      <source>profile-file-foreign/remedy</source>
      <extracomment>Choose that file; to enrol from photos, use: nasfe-cam enrol</extracomment>
      <translation>Choose that file; to enrol from photos, use: nasfe-cam enrol</translation>
    </message>
    <message>
      <source>profile-file-missing</source>
      <extracomment>There is no file {path}.</extracomment>
      <translation>There is no file {path}.</translation>
    </message>
    <message>
      <source>profile-file-missing/remedy</source>
      <extracomment>Check the path; nasfe-cam profiles export writes such a file.</extracomment>
      <translation>Check the path; nasfe-cam profiles export writes such a file.</translation>
    </message>
    <message>
      <source>profile-missing</source>
      <extracomment>The profile “{name}” cannot be used; the camera goes on without it. Enrol again.</extracomment>
      <translation>The profile “{name}” cannot be used; the camera goes on without it. Enrol again.</translation>
    </message>
    <message>
      <source>profile-name-begins</source>
      <extracomment>A profile cannot be called {name!r}: it begins with {letter!r}.</extracomment>
      <translation>A profile cannot be called {name!r}: it begins with {letter!r}.</translation>
    </message>
    <message>
      <source>profile-name-begins/remedy</source>
      <extracomment>Use up to 64 letters, digits, spaces, '-', '_' and '.'.</extracomment>
      <translation>Use up to 64 letters, digits, spaces, '-', '_' and '.'.</translation>
    </message>
    <message>
      <source>profile-name-empty</source>
      <extracomment>A profile cannot be called {name!r}: it is empty.</extracomment>
      <translation>A profile cannot be called {name!r}: it is empty.</translation>
    </message>
    <message>
      <source>profile-name-empty/remedy</source>
      <extracomment>Use up to 64 letters, digits, spaces, '-', '_' and '.'.</extracomment>
      <translation>Use up to 64 letters, digits, spaces, '-', '_' and '.'.</translation>
    </message>
    <message>
      <source>profile-name-ends-with-space</source>
      <extracomment>A profile cannot be called {name!r}: it ends with a space.</extracomment>
      <translation>A profile cannot be called {name!r}: it ends with a space.</translation>
    </message>
    <message>
      <source>profile-name-ends-with-space/remedy</source>
      <extracomment>Use up to 64 letters, digits, spaces, '-', '_' and '.'.</extracomment>
      <translation>Use up to 64 letters, digits, spaces, '-', '_' and '.'.</translation>
    </message>
    <message>
      <source>profile-name-holds</source>
      <extracomment>A profile cannot be called {name!r}: it holds {letter!r}.</extracomment>
      <translation>A profile cannot be called {name!r}: it holds {letter!r}.</translation>
    </message>
    <message>
      <source>profile-name-holds/remedy</source>
      <extracomment>Use up to 64 letters, digits, spaces, '-', '_' and '.'.</extracomment>
      <translation>Use up to 64 letters, digits, spaces, '-', '_' and '.'.</translation>
    </message>
    <message>
      <source>profile-name-reserved</source>
      <extracomment>A profile cannot be called {name!r}: Windows keeps this name for itself.</extracomment>
      <translation>A profile cannot be called {name!r}: Windows keeps this name for itself.</translation>
    </message>
    <message>
      <source>profile-name-reserved/remedy</source>
      <extracomment>Use up to 64 letters, digits, spaces, '-', '_' and '.'.</extracomment>
      <translation>Use up to 64 letters, digits, spaces, '-', '_' and '.'.</translation>
    </message>
    <message>
      <source>profile-name-too-long</source>
      <extracomment>A profile cannot be called {name!r}: it is too long.</extracomment>
      <translation>A profile cannot be called {name!r}: it is too long.</translation>
    </message>
    <message>
      <source>profile-name-too-long/remedy</source>
      <extracomment>Use up to 64 letters, digits, spaces, '-', '_' and '.'.</extracomment>
      <translation>Use up to 64 letters, digits, spaces, '-', '_' and '.'.</translation>
    </message>
    <message>
      <source>profile-not-written</source>
      <extracomment>Profile file {path} cannot be written or deleted ({reason}).</extracomment>
      <translation>Profile file {path} cannot be written or deleted ({reason}).</translation>
    </message>
    <message>
      <source>profile-not-written/remedy</source>
      <extracomment>Check the free space and who owns the folder.</extracomment>
      <translation>Check the free space and who owns the folder.</translation>
    </message>
    <message>
      <source>profile-outdated</source>
      <extracomment>The profile “{name}” cannot be used; the camera goes on without it. Enrol again.</extracomment>
      <translation>The profile “{name}” cannot be used; the camera goes on without it. Enrol again.</translation>
    </message>
    <message>
      <source>profile-outdated-with-photos</source>
      <extracomment>The profile “{name}” was made by another version; the camera goes on without it. Make it anew from the photos kept in it.</extracomment>
      <translation>The profile “{name}” was made by another version; the camera goes on without it. Make it anew from the photos kept in it.</translation>
    </message>
    <message>
      <source>profile-too-new</source>
      <extracomment>The profile “{name}” comes from a newer version of NASFE Camera. Install that version, or enrol again.</extracomment>
      <translation>The profile “{name}” comes from a newer version of NASFE Camera. Install that version, or enrol again.</translation>
    </message>
    <message>
      <source>profile-without-photos</source>
      <extracomment>The profile “{name}” keeps no photos to be made anew from. Please choose photos again.</extracomment>
      <translation>The profile “{name}” keeps no photos to be made anew from. Please choose photos again.</translation>
    </message>
    <message>
      <source>setting-ambiguous</source>
      <extracomment>Setting {name!r} can be any of these: {matches}.</extracomment>
      <translation>Setting {name!r} can be any of these: {matches}.</translation>
    </message>
    <message>
      <source>setting-ambiguous/remedy</source>
      <extracomment>Write the name with its section.</extracomment>
      <translation>Write the name with its section.</translation>
    </message>
    <message>
      <source>setting-out-of-range</source>
      <extracomment>Setting {name} = {value} is refused: allowed is {minimum:g} to {maximum:g}.</extracomment>
      <translation>Setting {name} = {value} is refused: allowed is {minimum:g} to {maximum:g}.</translation>
    </message>
    <message>
      <source>setting-refused</source>
      <extracomment>Setting {name} = {value} is refused: {reason}.</extracomment>
      <translation>Setting {name} = {value} is refused: {reason}.</translation>
    </message>
    <message>
      <source>setting-unknown</source>
      <extracomment>Unknown setting {name!r}.</extracomment>
      <translation>Unknown setting {name!r}.</translation>
    </message>
    <message>
      <source>setting-unknown/remedy</source>
      <extracomment>See the list in docs/settings.md.</extracomment>
      <translation>See the list in docs/settings.md.</translation>
    </message>
    <message>
      <source>settings-file-invalid</source>
      <extracomment>Settings file {path} is not valid TOML ({reason}).</extracomment>
      <translation>Settings file {path} is not valid TOML ({reason}).</translation>
    </message>
    <message>
      <source>settings-file-invalid/remedy</source>
      <extracomment>Correct that line.</extracomment>
      <translation>Correct that line.</translation>
    </message>
    <message>
      <source>settings-file-unreadable</source>
      <extracomment>Settings file {path} cannot be read ({reason}).</extracomment>
      <translation>Settings file {path} cannot be read ({reason}).</translation>
    </message>
    <message>
      <source>settings-file-unreadable/remedy</source>
      <extracomment>Check who owns it, or give another one with --config.</extracomment>
      <translation>Check who owns it, or give another one with --config.</translation>
    </message>
    <message>
      <source>administrator-declined</source>
      <extracomment>The change was not allowed, and nothing was changed.</extracomment>
      <translation>The change was not allowed, and nothing was changed.</translation>
    </message>
    <message>
      <source>administrator-declined/remedy</source>
      <extracomment>Try again, and enter the password or choose Yes when you are asked.</extracomment>
      <translation>Try again, and enter the password or choose Yes when you are asked.</translation>
    </message>
    <message>
      <source>administrator-needed</source>
      <extracomment>The right password of an administrator was not given. Try again, or use the command below in a terminal.</extracomment>
      <translation>The right password of an administrator was not given. Try again, or use the command below in a terminal.</translation>
    </message>
    <message>
      <source>camera-name-refused</source>
      <extracomment>A virtual camera cannot have the name {label!r}.</extracomment>
      <translation>A virtual camera cannot have the name {label!r}.</translation>
    </message>
    <message>
      <source>camera-name-refused/remedy</source>
      <extracomment>Use up to 31 letters, digits, spaces, '.', '_', '-' and parentheses.</extracomment>
      <translation>Use up to 31 letters, digits, spaces, '.', '_', '-' and parentheses.</translation>
    </message>
    <message>
      <source>camera-not-set-up-here</source>
      <extracomment>On this system the virtual camera is set up by hand.</extracomment>
      <translation>On this system the virtual camera is set up by hand.</translation>
    </message>
    <message>
      <source>camera-not-set-up-here/remedy</source>
      <extracomment>{step}</extracomment>
      <translation>{step}</translation>
    </message>
    <message>
      <source>loopback-module-missing</source>
      <extracomment>The kernel module v4l2loopback is not installed for the running kernel.</extracomment>
      <translation>The kernel module v4l2loopback is not installed for the running kernel.</translation>
    </message>
    <message>
      <source>loopback-module-missing/remedy</source>
      <extracomment>Install the package v4l2loopback of your distribution, and try again.</extracomment>
      <translation>Install the package v4l2loopback of your distribution, and try again.</translation>
    </message>
    <message>
      <source>loopback-options-taken</source>
      <extracomment>{path} sets options of v4l2loopback already, and two files would be mixed.</extracomment>
      <translation>{path} sets options of v4l2loopback already, and two files would be mixed.</translation>
    </message>
    <message>
      <source>loopback-options-taken/remedy</source>
      <extracomment>Add a device to it by hand: one more label "{label}" in card_label, one more 1 in exclusive_caps.</extracomment>
      <translation>Add a device to it by hand: one more label "{label}" in card_label, one more 1 in exclusive_caps.</translation>
    </message>
    <message>
      <source>module-not-installed</source>
      <extracomment>The kernel module v4l2loopback could not be installed ({reason}).</extracomment>
      <translation>The kernel module v4l2loopback could not be installed ({reason}).</translation>
    </message>
    <message>
      <source>module-not-installed/remedy</source>
      <extracomment>Check the connection to the Internet, restart the computer, and try again.</extracomment>
      <translation>Check the connection to the Internet, restart the computer, and try again.</translation>
    </message>
    <message>
      <source>nobody-asks-for-password</source>
      <extracomment>This desktop cannot ask for the password. Use the command below in a terminal.</extracomment>
      <translation>This desktop cannot ask for the password. Use the command below in a terminal.</translation>
    </message>
    <message>
      <source>secure-boot-refuses-module</source>
      <extracomment>Secure Boot is on and the kernel module v4l2loopback is not signed, so it cannot be loaded.</extracomment>
      <translation>Secure Boot is on and the kernel module v4l2loopback is not signed, so it cannot be loaded.</translation>
    </message>
    <message>
      <source>secure-boot-refuses-module/remedy</source>
      <extracomment>Make a signing key known to the firmware: sudo mokutil --import /var/lib/dkms/mok.pub, restart, and install the module again.</extracomment>
      <translation>Make a signing key known to the firmware: sudo mokutil --import /var/lib/dkms/mok.pub, restart, and install the module again.</translation>
    </message>
    <message>
      <source>setup-failed</source>
      <extracomment>The virtual camera could not be changed ({reason}).</extracomment>
      <translation>The virtual camera could not be changed ({reason}).</translation>
    </message>
    <message>
      <source>setup-failed/remedy</source>
      <extracomment>Close the programs that show a camera, and see: nasfe-cam camera status</extracomment>
      <translation>Close the programs that show a camera, and see: nasfe-cam camera status</translation>
    </message>
    <message>
      <source>unity-capture-taken</source>
      <extracomment>Another program has set up Unity Capture as {name!r}, and it can have one name only.</extracomment>
      <translation>Another program has set up Unity Capture as {name!r}, and it can have one name only.</translation>
    </message>
    <message>
      <source>unity-capture-taken/remedy</source>
      <extracomment>Use that camera, in the settings file: [output] label = {name!r}</extracomment>
      <translation>Use that camera, in the settings file: [output] label = {name!r}</translation>
    </message>
    <message>
      <source>camera-busy</source>
      <extracomment>Camera “{name}” gives no picture; another program may be using it. Close that program.</extracomment>
      <translation>Camera “{name}” gives no picture; another program may be using it. Close that program.</translation>
    </message>
    <message>
      <source>camera-forbidden</source>
      <extracomment>You may not open camera “{name}” ({path}). Add yourself to its group, usually with: sudo usermod -aG video $USER, then log in again.</extracomment>
      <translation>You may not open camera “{name}” ({path}). Add yourself to its group, usually with: sudo usermod -aG video $USER, then log in again.</translation>
    </message>
    <message>
      <source>camera-is-our-output</source>
      <extracomment>“{label}” is the virtual camera that this program itself writes to.</extracomment>
      <translation>“{label}” is the virtual camera that this program itself writes to.</translation>
    </message>
    <message>
      <source>camera-lost</source>
      <extracomment>Camera “{name}” stopped sending pictures. Plug it in again.</extracomment>
      <translation>Camera “{name}” stopped sending pictures. Plug it in again.</translation>
    </message>
    <message>
      <source>camera-not-found</source>
      <extracomment>Camera “{name}” was not found. Plug it in, or choose another.</extracomment>
      <translation>Camera “{name}” was not found. Plug it in, or choose another.</translation>
    </message>
    <message>
      <source>picture-unreadable</source>
      <extracomment>{path} cannot be shown ({reason}).</extracomment>
      <translation>{path} cannot be shown ({reason}).</translation>
    </message>
    <message>
      <source>source-not-found</source>
      <extracomment>There is no file {path}.</extracomment>
      <translation>There is no file {path}.</translation>
    </message>
    <message>
      <source>source-not-local</source>
      <extracomment>{source} is a network address; nothing is ever read from a network.</extracomment>
      <translation>{source} is a network address; nothing is ever read from a network.</translation>
    </message>
    <message>
      <source>video-unreadable</source>
      <extracomment>{path} cannot be shown ({reason}).</extracomment>
      <translation>{path} cannot be shown ({reason}).</translation>
    </message>
    <message>
      <source>stage-hung</source>
      <extracomment>The part that does '{stage}' hangs; the picture is shown unrepaired meanwhile.</extracomment>
      <translation>The part that does '{stage}' hangs; the picture is shown unrepaired meanwhile.</translation>
    </message>
    <message>
      <source>stage-hung/remedy</source>
      <extracomment>If it does not come back, start the camera again.</extracomment>
      <translation>If it does not come back, start the camera again.</translation>
    </message>
    <message>
      <source>standard-output-failed</source>
      <extracomment>What this command prints cannot be written ({reason}).</extracomment>
      <translation>What this command prints cannot be written ({reason}).</translation>
    </message>
    <message>
      <source>standard-output-failed/remedy</source>
      <extracomment>Check the disk, or the program that reads it.</extracomment>
      <translation>Check the disk, or the program that reads it.</translation>
    </message>
    <message>
      <source>system-library-missing</source>
      <extracomment>The library {library} is not installed on this system.</extracomment>
      <translation>The library {library} is not installed on this system.</translation>
    </message>
    <message>
      <source>system-library-missing/remedy</source>
      <extracomment>On Debian and Ubuntu install all that is needed with: {command}</extracomment>
      <translation>On Debian and Ubuntu install all that is needed with: {command}</translation>
    </message>
    <message>
      <source>unexpected-fault</source>
      <extracomment>This could not be done ({reason}).</extracomment>
      <translation>This could not be done ({reason}).</translation>
    </message>
    <message>
      <source>unexpected-fault/remedy</source>
      <extracomment>Try again, or start the program again.</extracomment>
      <translation>Try again, or start the program again.</translation>
    </message>
    <message>
      <source>unexpected-fault-logged</source>
      <extracomment>This could not be done ({reason}).</extracomment>
      <translation>This could not be done ({reason}).</translation>
    </message>
    <message>
      <source>unexpected-fault-logged/remedy</source>
      <extracomment>Please report it together with {log}.</extracomment>
      <translation>Please report it together with {log}.</translation>
    </message>
    <message>
      <source>window-not-installed</source>
      <extracomment>The window is not installed: the Python package PyQt6 is missing.</extracomment>
      <translation>The window is not installed: the Python package PyQt6 is missing.</translation>
    </message>
    <message>
      <source>window-not-installed/remedy</source>
      <extracomment>Install it with: pip install PyQt6. The camera works without it: nasfe-cam run</extracomment>
      <translation>Install it with: pip install PyQt6. The camera works without it: nasfe-cam run</translation>
    </message>
    <message>
      <source>unrestored-less-on-battery</source>
      <extracomment>lighter repair to save the battery</extracomment>
      <translation>lighter repair to save the battery</translation>
    </message>
    <message>
      <source>unrestored-less-while-busy</source>
      <extracomment>lighter repair: the computer is busy</extracomment>
      <translation>lighter repair: the computer is busy</translation>
    </message>
    <message>
      <source>unrestored-network-failed</source>
      <extracomment>not repaired: the repair does not run</extracomment>
      <translation>not repaired: the repair does not run</translation>
    </message>
    <message>
      <source>unrestored-network-loading</source>
      <extracomment>not repaired yet: the repair is starting</extracomment>
      <translation>not repaired yet: the repair is starting</translation>
    </message>
    <message>
      <source>unrestored-no-face-found</source>
      <extracomment>not repaired: no face was found</extracomment>
      <translation>not repaired: no face was found</translation>
    </message>
    <message>
      <source>unrestored-no-face</source>
      <extracomment>not repaired: no face that needs it was seen</extracomment>
      <translation>not repaired: no face that needs it was seen</translation>
    </message>
    <message>
      <source>unrestored-retouch-zero</source>
      <extracomment>not repaired: retouch is set to 0</extracomment>
      <translation>not repaired: retouch is set to 0</translation>
    </message>
    <message>
      <source>unrestored-too-busy</source>
      <extracomment>not repaired: the computer is too busy</extracomment>
      <translation>not repaired: the computer is too busy</translation>
    </message>
    <message>
      <source>suggestion-more-photos</source>
      <extracomment>1 photo is enough to begin; with 3 to 10 the profile is better.</extracomment>
      <translation>1 photo is enough to begin; with 3 to 10 the profile is better.</translation>
    </message>
    <message>
      <source>suggestion-other-light</source>
      <extracomment>The light is nearly the same in all photos; add one by daylight, one by lamplight, one lit from the side.</extracomment>
      <translation>The light is nearly the same in all photos; add one by daylight, one by lamplight, one lit from the side.</translation>
    </message>
    <message>
      <source>suggestion-other-expression</source>
      <extracomment>The face has the same expression in all photos; add one with a smile and one without.</extracomment>
      <translation>The face has the same expression in all photos; add one with a smile and one without.</translation>
    </message>
    <message>
      <source>instruction-show-face</source>
      <extracomment>Sit in front of the camera, so that your whole face is in the picture.</extracomment>
      <translation>Sit in front of the camera, so that your whole face is in the picture.</translation>
    </message>
    <message>
      <source>instruction-be-alone</source>
      <extracomment>Make sure that nobody else is in the picture.</extracomment>
      <translation>Make sure that nobody else is in the picture.</translation>
    </message>
    <message>
      <source>instruction-come-closer</source>
      <extracomment>Come a little closer to the camera.</extracomment>
      <translation>Come a little closer to the camera.</translation>
    </message>
    <message>
      <source>instruction-more-light</source>
      <extracomment>It is too dark: face a window, or switch on a lamp in front of you.</extracomment>
      <translation>It is too dark: face a window, or switch on a lamp in front of you.</translation>
    </message>
    <message>
      <source>instruction-softer-light</source>
      <extracomment>The light on your face is too strong: turn away from it a little.</extracomment>
      <translation>The light on your face is too strong: turn away from it a little.</translation>
    </message>
    <message>
      <source>instruction-hold-still</source>
      <extracomment>Hold still.</extracomment>
      <translation>Hold still.</translation>
    </message>
    <message>
      <source>instruction-open-eyes</source>
      <extracomment>Keep your eyes open.</extracomment>
      <translation>Keep your eyes open.</translation>
    </message>
    <message>
      <source>instruction-show-eyes</source>
      <extracomment>Take off your sunglasses, or turn to the light.</extracomment>
      <translation>Take off your sunglasses, or turn to the light.</translation>
    </message>
    <message>
      <source>instruction-uncover</source>
      <extracomment>Uncover your mouth and chin.</extracomment>
      <translation>Uncover your mouth and chin.</translation>
    </message>
    <message>
      <source>instruction-look-straight</source>
      <extracomment>Look straight at the camera.</extracomment>
      <translation>Look straight at the camera.</translation>
    </message>
    <message>
      <source>instruction-turn-left</source>
      <extracomment>Turn your head a little to your left.</extracomment>
      <translation>Turn your head a little to your left.</translation>
    </message>
    <message>
      <source>instruction-turn-right</source>
      <extracomment>Turn your head a little to your right.</extracomment>
      <translation>Turn your head a little to your right.</translation>
    </message>
    <message>
      <source>instruction-turn-back</source>
      <extracomment>That is too far: turn back a little.</extracomment>
      <translation>That is too far: turn back a little.</translation>
    </message>
    <message>
      <source>instruction-lift-chin</source>
      <extracomment>Lift your chin a little.</extracomment>
      <translation>Lift your chin a little.</translation>
    </message>
    <message>
      <source>instruction-lower-chin</source>
      <extracomment>Lower your chin a little.</extracomment>
      <translation>Lower your chin a little.</translation>
    </message>
    <message>
      <source>instruction-smile</source>
      <extracomment>Look at the camera once more, and smile.</extracomment>
      <translation>Look at the camera once more, and smile.</translation>
    </message>
    <message>
      <source>instruction-stay</source>
      <extracomment>Good, stay like that.</extracomment>
      <translation>Good, stay like that.</translation>
    </message>
    <message>
      <source>instruction-done</source>
      <extracomment>Thank you, that is all.</extracomment>
      <translation>Thank you, that is all.</translation>
    </message>
    <message>
      <source>reason-already-there</source>
      <extracomment>File exists</extracomment>
      <translation>File exists</translation>
    </message>
    <message>
      <source>reason-bad-medium</source>
      <extracomment>Input/output error</extracomment>
      <translation>Input/output error</translation>
    </message>
    <message>
      <source>reason-busy</source>
      <extracomment>Device or resource busy</extracomment>
      <translation>Device or resource busy</translation>
    </message>
    <message>
      <source>reason-connection-refused</source>
      <extracomment>Connection refused</extracomment>
      <translation>Connection refused</translation>
    </message>
    <message>
      <source>reason-crosses-disks</source>
      <extracomment>Invalid cross-device link</extracomment>
      <translation>Invalid cross-device link</translation>
    </message>
    <message>
      <source>reason-disk-full</source>
      <extracomment>No space left on device</extracomment>
      <translation>No space left on device</translation>
    </message>
    <message>
      <source>reason-folder-not-empty</source>
      <extracomment>Directory not empty</extracomment>
      <translation>Directory not empty</translation>
    </message>
    <message>
      <source>reason-forbidden</source>
      <extracomment>Permission denied</extracomment>
      <translation>Permission denied</translation>
    </message>
    <message>
      <source>reason-is-a-folder</source>
      <extracomment>Is a directory</extracomment>
      <translation>Is a directory</translation>
    </message>
    <message>
      <source>reason-name-too-long</source>
      <extracomment>File name too long</extracomment>
      <translation>File name too long</translation>
    </message>
    <message>
      <source>reason-no-device</source>
      <extracomment>No such device</extracomment>
      <translation>No such device</translation>
    </message>
    <message>
      <source>reason-no-memory</source>
      <extracomment>Cannot allocate memory</extracomment>
      <translation>Cannot allocate memory</translation>
    </message>
    <message>
      <source>reason-not-allowed</source>
      <extracomment>Operation not permitted</extracomment>
      <translation>Operation not permitted</translation>
    </message>
    <message>
      <source>reason-not-a-folder</source>
      <extracomment>Not a directory</extracomment>
      <translation>Not a directory</translation>
    </message>
    <message>
      <source>reason-not-supported</source>
      <extracomment>Operation not supported</extracomment>
      <translation>Operation not supported</translation>
    </message>
    <message>
      <source>reason-not-there</source>
      <extracomment>No such file or directory</extracomment>
      <translation>No such file or directory</translation>
    </message>
    <message>
      <source>reason-pipe-closed</source>
      <extracomment>Broken pipe</extracomment>
      <translation>Broken pipe</translation>
    </message>
    <message>
      <source>reason-quota-used-up</source>
      <extracomment>Disk quota exceeded</extracomment>
      <translation>Disk quota exceeded</translation>
    </message>
    <message>
      <source>reason-read-only</source>
      <extracomment>Read-only file system</extracomment>
      <translation>Read-only file system</translation>
    </message>
    <message>
      <source>reason-timed-out</source>
      <extracomment>Connection timed out</extracomment>
      <translation>Connection timed out</translation>
    </message>
    <message>
      <source>reason-too-large</source>
      <extracomment>File too large</extracomment>
      <translation>File too large</translation>
    </message>
    <message>
      <source>reason-too-many-files</source>
      <extracomment>Too many open files</extracomment>
      <translation>Too many open files</translation>
    </message>
    <message>
      <source>reason-too-many-links</source>
      <extracomment>Too many levels of symbolic links</extracomment>
      <translation>Too many levels of symbolic links</translation>
    </message>
    <message>
      <source>reason-another-users</source>
      <extracomment>it belongs to another user</extracomment>
      <translation>it belongs to another user</translation>
    </message>
    <message>
      <source>reason-changeable-by-others</source>
      <extracomment>other users can change it</extracomment>
      <translation>other users can change it</translation>
    </message>
    <message>
      <source>reason-damaged</source>
      <extracomment>the file is damaged</extracomment>
      <translation>the file is damaged</translation>
    </message>
    <message>
      <source>reason-device-not-file</source>
      <extracomment>it is a device, not a file</extracomment>
      <translation>it is a device, not a file</translation>
    </message>
    <message>
      <source>reason-empty-file</source>
      <extracomment>the file is empty</extracomment>
      <translation>the file is empty</translation>
    </message>
    <message>
      <source>reason-file-over-512-mb</source>
      <extracomment>the file is larger than 512 MB</extracomment>
      <translation>the file is larger than 512 MB</translation>
    </message>
    <message>
      <source>reason-folder-not-file</source>
      <extracomment>it is a folder, not a file</extracomment>
      <translation>it is a folder, not a file</translation>
    </message>
    <message>
      <source>reason-impossible-name</source>
      <extracomment>no file can have this name</extracomment>
      <translation>no file can have this name</translation>
    </message>
    <message>
      <source>reason-in-use-by-us</source>
      <extracomment>another nasfe-cam uses it</extracomment>
      <translation>another nasfe-cam uses it</translation>
    </message>
    <message>
      <source>reason-may-not-read</source>
      <extracomment>you have no permission to read it</extracomment>
      <translation>you have no permission to read it</translation>
    </message>
    <message>
      <source>reason-no-answer</source>
      <extracomment>it did not answer any more</extracomment>
      <translation>it did not answer any more</translation>
    </message>
    <message>
      <source>reason-no-compression-known</source>
      <extracomment>its kind of compression is not known here</extracomment>
      <translation>its kind of compression is not known here</translation>
    </message>
    <message>
      <source>reason-no-folder</source>
      <extracomment>it is not a folder</extracomment>
      <translation>it is not a folder</translation>
    </message>
    <message>
      <source>reason-no-picture</source>
      <extracomment>it holds no readable picture</extracomment>
      <translation>it holds no readable picture</translation>
    </message>
    <message>
      <source>reason-no-video</source>
      <extracomment>it holds no video</extracomment>
      <translation>it holds no video</translation>
    </message>
    <message>
      <source>reason-not-a-file</source>
      <extracomment>it is a folder or a device, not a file</extracomment>
      <translation>it is a folder or a device, not a file</translation>
    </message>
    <message>
      <source>reason-not-a-video</source>
      <extracomment>it is not a video, or damaged from its start</extracomment>
      <translation>it is not a video, or damaged from its start</translation>
    </message>
    <message>
      <source>reason-other-kind</source>
      <extracomment>another kind of file</extracomment>
      <translation>another kind of file</translation>
    </message>
  </context>
</TS>
