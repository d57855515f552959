#ifndef RITUAL_CTOML_H
#define RITUAL_CTOML_H
#ifdef __cplusplus
extern "C" {
#endif
int ritual_toml_placeholder(void);
#ifdef __cplusplus
}
#endif
#endif
