/* Qt asks WinRT for the colours of the desktop; here nobody answers. */
#include <windows.h>

__declspec(dllexport) HRESULT WINAPI RoGetActivationFactory(void *name, REFIID id, void **factory)
{
    if (factory)
        *factory = NULL;
    return REGDB_E_CLASSNOTREG;
}

__declspec(dllexport) BOOL WINAPI RoOriginateLanguageException(HRESULT result, void *message, void *language)
{
    return TRUE;
}
