package pack

// Limits bound what a package may make its reader do.
type Limits struct {
	Files   int   // of the archive
	File    int64 // bytes of one file
	Total   int64 // bytes of all files
	Package int64 // bytes of the compressed file
	Ratio   int64 // bytes of all files for each byte of the package
}

// Usual is more than any honest module needs.
var Usual = Limits{Files: 2000, File: 256 << 20, Total: 1 << 30, Package: 512 << 20, Ratio: 200}

const (
	maxIndex     = 1 << 20  // bytes of index.json
	maxSignature = 64 << 10 // bytes of signature
	maxManifest  = 64 << 10 // bytes of module.yaml
	maxName      = 100      // bytes of a path: what a plain tar header holds
	maxSigners   = 8        // signatures of one package, and keys of one succession
	window       = 8 << 20  // of the compressor: what a reader must hold
)
