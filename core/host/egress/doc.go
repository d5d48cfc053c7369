// Package egress is the way out of the modules: the only one that a confined
// process has. Each process that was granted a capability net.connect gets a
// Unix socket of its own, speaking HTTP/1.1 with whole addresses.
//
// A request goes through these steps, in this order:
//
//  1. Its handle must be one that the core gave to this very module, of a call
//     that is still under way: from it follows the school.
//  2. The module may ask so often for this school.
//  3. The address is https (http only to hosts that the operator allows in
//     clear), a name and not a number, on the scheme's own port.
//  4. The module was granted this very host, or the school wrote it in the
//     setting that the capability names.
//  5. Few exchanges of one module are under way at once.
//  6. The name is resolved here; when any of its addresses is not of the open
//     network (see [Public]), nothing is dialled, unless the operator named the
//     host as one inside. What is dialled is the address that was checked, so a
//     second answer of the name server changes nothing.
//  7. TLS proves the name. The exchange is bounded in time and in both
//     directions in size; redirects are the module's to follow, each through
//     all of these steps again.
//
// Nothing of the outside is kept, no cookie and no answer. What is refused is
// told to the module as an error of package errors, and to who reads its log
// with the host only: paths and queries may hold personal data. There is no
// bound on bytes per day: rate and size bound them, and they are counted.
package egress
