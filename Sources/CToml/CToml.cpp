#include "CToml.h"
#include <toml++/toml.h>
extern "C" int ritual_toml_placeholder(void) { return 0; }
