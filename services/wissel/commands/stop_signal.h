// For commands that write in batches: Ctrl-C and SIGTERM let the batch that is on its way end, so
// that a tally can be told.

#ifndef WISSEL_SERVICES_WISSEL_COMMANDS_STOP_SIGNAL_H_
#define WISSEL_SERVICES_WISSEL_COMMANDS_STOP_SIGNAL_H_

namespace wissel {

// From now on the first signal only makes StopAsked() true, and a second one ends the program.
void WatchStopSignals();

bool StopAsked();

}  // namespace wissel

#endif  // WISSEL_SERVICES_WISSEL_COMMANDS_STOP_SIGNAL_H_
