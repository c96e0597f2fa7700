/* Qt uses ICU's converters for rare encodings, none of which the program needs. */
#define STUB __declspec(dllexport)
#define ABSENT(name) STUB void name(void) {}

enum { U_FILE_ACCESS_ERROR = 4 };

STUB void *ucnv_open(const char *name, int *error)
{
    if (error)
        *error = U_FILE_ACCESS_ERROR;
    return 0;
}

STUB const char *ucnv_getName(void *converter, int *error)
{
    if (error)
        *error = U_FILE_ACCESS_ERROR;
    return 0;
}

STUB void ucnv_getToUCallBack(void *converter, void **action, void **context) { *action = *context = 0; }
STUB void ucnv_getFromUCallBack(void *converter, void **action, void **context) { *action = *context = 0; }
STUB const char *ucnv_getStandardName(const char *name, const char *standard, int *error) { return 0; }
STUB const char *ucnv_getAvailableName(int number) { return 0; }
STUB signed char ucnv_getMaxCharSize(void *converter) { return 4; }
STUB int ucnv_countAvailable(void) { return 0; }
STUB int ucnv_toUCountPending(void *converter, int *error) { return 0; }
STUB int ucnv_fromUCountPending(void *converter, int *error) { return 0; }
ABSENT(ucnv_close)
ABSENT(ucnv_reset)
ABSENT(ucnv_setToUCallBack)
ABSENT(ucnv_setFromUCallBack)
ABSENT(ucnv_toUnicode)
ABSENT(ucnv_fromUnicode)
ABSENT(ucnv_cbToUWriteUChars)
ABSENT(ucnv_cbFromUWriteUChars)
ABSENT(UCNV_FROM_U_CALLBACK_SUBSTITUTE)
ABSENT(UCNV_TO_U_CALLBACK_SUBSTITUTE)
