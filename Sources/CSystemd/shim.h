// The parts of libsystemd that rituald uses: the bus, the service manager's protocol, the journal.
#ifndef RITUAL_CSYSTEMD_H
#define RITUAL_CSYSTEMD_H
#include <systemd/sd-bus.h>
#include <systemd/sd-daemon.h>
#include <systemd/sd-journal.h>
#endif
