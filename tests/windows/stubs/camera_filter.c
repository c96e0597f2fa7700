// Registers a camera as Unity Capture's filter does: by the name in the command line of regsvr32.
#include <wchar.h>
#include <windows.h>

#define CAMERAS L"CLSID\\{860BB310-5D01-11d0-BD3B-00A0C911CE86}\\Instance"
#define CAMERA CAMERAS L"\\{5C2CD55C-92AD-4999-8666-912BD3E70010}"
#define OPTION L"/i:UnityCaptureName="

__declspec(dllexport) HRESULT WINAPI DllRegisterServer(void) {
    wchar_t name[200] = L"Unity Video Capture";
    const wchar_t *given = wcsstr(GetCommandLineW(), OPTION);
    if (given) {
        const wchar_t *start = given + wcslen(OPTION), *end = wcschr(start, given[-1] == L'"' ? L'"' : L' ');
        size_t length = end ? (size_t)(end - start) : wcslen(start);
        if (length > 199) return E_INVALIDARG;
        wcsncpy(name, start, length);
        name[length] = 0;
    }
    return HRESULT_FROM_WIN32(RegSetKeyValueW(HKEY_CLASSES_ROOT, CAMERA, L"FriendlyName", REG_SZ, name,
                                              (DWORD)((wcslen(name) + 1) * sizeof *name)));
}

__declspec(dllexport) HRESULT WINAPI DllUnregisterServer(void) {
    return HRESULT_FROM_WIN32(RegDeleteTreeW(HKEY_CLASSES_ROOT, CAMERA));
}

__declspec(dllexport) HRESULT WINAPI DllInstall(BOOL install, PCWSTR line) { return S_OK; }
