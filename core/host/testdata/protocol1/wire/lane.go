package wire

// Protocol is the version of the contract this code speaks.
const Protocol = 1

// Names of the page lane: what the core adds to a request, what a module may
// say in an answer. Everything else of either side is stripped.
const (
	// MediaType marks an answer as a ui tree that the core draws.
	MediaType = "application/vnd.preau.ui+protobuf"
	// MediaTypeError marks an answer as an error that the core draws: JSON with
	// kind, key, args and fields of package errors.
	MediaTypeError = "application/vnd.preau.error+json"
	// HeaderViewer carries the Viewer message, base64 (raw, URL alphabet).
	HeaderViewer = "Preau-Viewer"
	// HeaderCall carries the call handle.
	HeaderCall = "Preau-Call"
	// HeaderFlash carries a Text message to show on the next page, base64.
	HeaderFlash = "Preau-Flash"
	// HeaderFile asks the core to answer with this stored file instead.
	HeaderFile = "Preau-File"
	// MetadataCall is the gRPC metadata key of the call handle.
	MetadataCall = "preau-call"
)

// The magic cookie of the go-plugin handshake: not a secret, only a way to
// tell a module started by hand from one started by the core.
const (
	CookieKey   = "PREAU_MODULE"
	CookieValue = "f3f0a6d2-preau-module"
)

// LifelineFD is the descriptor of the pipe that the core holds open: when it
// reads end of file the core is gone and the module ends.
const LifelineFD = 3

// MaxMessage is the largest gRPC message either side accepts, in bytes;
// anything larger goes through the page lane.
const MaxMessage = 4 << 20
