// Package confine starts modules as prisoners. It needs no root: the core
// executes itself again, as launcher (package inside, which acts in an init
// function of any program that links this package), or [Small] when it lies beside
// it and is of its version: the same launcher alone, which starts sooner. The launcher makes a second
// one, the core's child like itself, in new user, process, mount, network, IPC,
// host name and control group namespaces, and ends: the core, which may be large,
// is never forked. The second one gives up all that the module is not to have, and
// then becomes the module:
//
//  1. birth: it waits until the core has been told of it, and can end it.
//  2. priority: the lowest, on half of the processors (not first-party); the thread
//     that started the first launcher gave it that already.
//  3. descriptors: all but the standard ones, the lifeline and the launcher's
//     own are closed at exec, whoever forgot to mark them.
//  4. control groups: it joins those that the host made (not first-party).
//  5. mounts: a new root that holds the module's folder (read-only), its data and
//     its sockets' folder (not executable), /proc of the new process namespace,
//     three harmless devices, and for "runtime: system" the machine's programs
//     and libraries (read-only). The old root is let go of. The core's sockets
//     are not there: Landlock alone would not stop a connection to them.
//  6. hostname: "module".
//  7. capabilities: none, nor a way to any; no new privileges by execution.
//  8. landlock: the same once more, for paths: the executable may be read and
//     executed, data written; no link, pipe, device; no TCP, signal or abstract
//     socket to the outside.
//  9. limits: open files, threads, memory, size of a file, no core dumps.
//  10. lifeline: the signal of the parent's death is set, on the thread that will
//     execute the module; a core that died before has no child any more.
//  11. seccomp: the calls of the list in calls_linux.go and no others; sockets
//     are Unix sockets, what is made is a thread, never a process.
//  12. self-test: from inside, what must fail is tried. What succeeds ends it.
//  13. executable: it is opened, must be the one that the core checked, and what
//     is open is what is executed.
//  14. exec, with the module's environment.
//
// A step that fails ends the start, with one sentence that becomes the module's
// last error: a tier that cannot be reached is refused, never weakened. [Examine]
// says beforehand what the machine lacks.
//
// # Tiers
//
// first-party is all of the above. vendor adds the lowest priority, half of the processors and, where
// groups may be made, bounds of memory, processor and threads for the process as
// a whole. container is vendor, inside the walls of a runner. Bubblewrap makes the
// namespaces and the root in place of steps 5 and 6. gVisor's runsc puts a kernel
// of its own between the module and the machine's: the launcher takes steps 1 to
// 4 and 10 outside of it and steps 9 and 11 to 14 inside, where it also wants
// another kernel to answer; Landlock there is none, capabilities neither, and the
// memory is bounded by the control group and by who counts it from outside. Without confinement, only
// by the operator's word, modules are started by [process.Direct].
//
// # What it is not
//
// All modules run as the user of the core; what keeps them apart is that they
// do not see each other. Where user namespaces are not allowed, nothing starts.
// As root, the number of threads is bounded by control groups only.
package confine
