package pack

import (
	"archive/tar"
	"bytes"
	"strings"
	"testing"
	"time"
)

// TestEveryRefusal forges one package for each thing that may be wrong.
func TestEveryRefusal(t *testing.T) {
	path := func(name string) func(*forged) { return func(f *forged) { f.add(name, "x") } }
	last := func(change func(h *tar.Header)) func(*forged) {
		return func(f *forged) { change(f.headers[len(f.headers)-1]) }
	}
	small := Usual
	small.Files, small.File, small.Total, small.Package, small.Ratio = 20, 4<<10, 6<<10, 64<<10, 10
	for name, c := range map[string]struct {
		change func(f *forged)
		key    string
		file   string // that the error names
	}{
		// Where a file would land.
		"out of the folder":   {path("../preau"), "pack.path.unclean", "../preau"},
		"out by a detour":     {path("share/../../x"), "pack.path.unclean", "share/../../x"},
		"absolute":            {path("/etc/cron.d/x"), "pack.path.absolute", "/etc/cron.d/x"},
		"a drive":             {path("C:/x"), "pack.path.absolute", "C:/x"},
		"backslash":           {path(`share\..\..\x`), "pack.path.backslash", `share\..\..\x`},
		"control character":   {path("share/a\x1b[2J"), "pack.path.characters", "share/a�[2J"},
		"not ASCII":           {func(f *forged) { f.list("share/é", "x") }, "pack.path.characters", "share/é"},
		"here":                {path("share/./x"), "pack.path.unclean", "share/./x"},
		"empty part":          {path("share//x"), "pack.path.unclean", "share//x"},
		"a folder's name":     {func(f *forged) { f.list("share/x/", "x") }, "pack.path.unclean", "share/x/"},
		"a long name":         {func(f *forged) { f.list("share/"+strings.Repeat("a", 100), "x") }, "pack.path.length", ""},
		"nothing's name":      {func(f *forged) { f.list("", "x") }, "pack.path.length", ""},
		"a hidden file":       {path(".env"), "pack.path.unknown", ".env"},
		"another's binary":    {path("bin/linux-amd64/sh"), "pack.path.unknown", "bin/linux-amd64/sh"},
		"its own index":       {path("index.json"), "pack.path.unknown", "index.json"},
		"twice":               {func(f *forged) { f.add("share/x", "x"); f.add("share/x", "y") }, "pack.path.twice", "share/x"},
		"twice but for case":  {func(f *forged) { f.add("share/X", "x"); f.add("share/x", "y") }, "pack.path.case", "share/x"},
		"file and folder":     {func(f *forged) { f.add("share/x", "x"); f.add("share/x/y", "y") }, "pack.path.folder", "share/x"},
		"file and folder (2)": {func(f *forged) { f.add("share/X", "x"); f.add("share/x/y", "y") }, "pack.path.folder", "share/X"},
		"not sorted":          {func(f *forged) { f.add("LICENSE.txt", "x") }, "pack.path.order", "LICENSE.txt"},
		// What a file is.
		"symbolic link": {last(func(h *tar.Header) { h.Typeflag, h.Linkname, h.Size = tar.TypeSymlink, "/etc/passwd", 0 }), "pack.file.irregular", "module.yaml"},
		"hard link":     {last(func(h *tar.Header) { h.Typeflag, h.Linkname, h.Size = tar.TypeLink, "LICENSE", 0 }), "pack.file.irregular", "module.yaml"},
		"device":        {last(func(h *tar.Header) { h.Typeflag, h.Size = tar.TypeBlock, 0 }), "pack.file.irregular", "module.yaml"},
		"pipe":          {last(func(h *tar.Header) { h.Typeflag, h.Size = tar.TypeFifo, 0 }), "pack.file.irregular", "module.yaml"},
		"folder":        {last(func(h *tar.Header) { h.Typeflag, h.Size = tar.TypeDir, 0 }), "pack.file.irregular", ""},
		"set-uid":       {last(func(h *tar.Header) { h.Mode = 0o4555 }), "pack.file.mode", "module.yaml"},
		"owned":         {last(func(h *tar.Header) { h.Uid = 1000 }), "pack.file.header", "module.yaml"},
		"dated":         {last(func(h *tar.Header) { h.ModTime = time.Unix(1, 0) }), "pack.file.header", "module.yaml"},
		"attributes": {last(func(h *tar.Header) {
			h.Format, h.PAXRecords = tar.FormatPAX, map[string]string{"SCHILY.xattr.user.x": "y"}
		}), "pack.file.header", "module.yaml"},
		// Index and content.
		"changed content": {func(f *forged) { f.bodies[len(f.bodies)-1] = strings.Replace(smallest, "eleve", "paren", 1) }, "pack.file.content", "module.yaml"},
		"shorter":         {func(f *forged) { f.index.Files[len(f.index.Files)-1].Size++ }, "pack.file.content", "module.yaml"},
		"not listed":      {func(f *forged) { f.enter("share/x", "x") }, "pack.file.unlisted", "share/x"},
		"not there":       {func(f *forged) { f.list("share/x", "x") }, "pack.file.missing", "share/x"},
		"another order": {func(f *forged) {
			f.headers[0], f.headers[1] = f.headers[1], f.headers[0]
			f.bodies[0], f.bodies[1] = f.bodies[1], f.bodies[0]
		}, "pack.file.unlisted", ""},
		"mode in the index": {func(f *forged) { f.index.Files[0].Mode = "0555" }, "pack.file.mode", "LICENSE"},
		"digest no digest":  {func(f *forged) { f.index.Files[0].SHA256 = "x" }, "pack.file.digest", "LICENSE"},
		"negative size":     {func(f *forged) { f.index.Files[0].Size = -1 }, "pack.file.size", "LICENSE"},
		"another module":    {func(f *forged) { f.index.Version = "0.2.0" }, "pack.manifest.other", "version"},
		"another protocol":  {func(f *forged) { f.index.Protocol = 1 }, "pack.manifest.other", "sdk"},
		// The index itself.
		"format":        {func(f *forged) { f.index.Format = 2 }, "pack.format", ""},
		"a folder's id": {func(f *forged) { f.index.ID = "share" }, "pack.index", "id"},
		"id":            {func(f *forged) { f.index.ID = "../x" }, "pack.index", "id"},
		"version":       {func(f *forged) { f.index.Version = "1" }, "pack.index", "version"},
		"protocol":      {func(f *forged) { f.index.Protocol = 0 }, "pack.index", "protocol"},
		"no JSON":       {func(f *forged) { f.indexText = []byte("{") }, "pack.index", "index.json"},
		"unknown field": {func(f *forged) { f.indexText = []byte(`{"format":1,"run":"sh"}`) }, "pack.index", "index.json"},
		"two values":    {func(f *forged) { f.indexText = []byte(`{"format":1} {}`) }, "pack.index", "index.json"},
		"no executable": {func(f *forged) { f.index.Files = f.index.Files[:1]; f.index.Files[0].Path = "module.yaml" }, "pack.file.missing", "bin/" + Platform() + "/bonjour"},
		"no manifest":   {func(f *forged) { f.index.Files = f.index.Files[:len(f.index.Files)-1] }, "pack.file.missing", "module.yaml"},
		"broken manifest": {func(f *forged) {
			f.index.Files = f.index.Files[:len(f.index.Files)-1]
			n := len(f.headers) - 1
			f.headers, f.bodies = f.headers[:n], f.bodies[:n]
			f.add("module.yaml", "id: [")
		}, "pack.manifest", ""},
		"broken signature": {func(f *forged) { f.signature = []byte("{") }, "pack.index", "signature"},
		"no signature":     {func(f *forged) { f.signature = []byte(`{"signatures":[]}`) }, "pack.signature.number", ""},
		// What comes after.
		"after the archive": {func(f *forged) { f.after = []byte{0} }, "pack.trailing", "tar"},
		"after the file":    {func(f *forged) { f.trailing = []byte("more!") }, "pack.trailing", "zstd"},
		"one byte more":     {func(f *forged) { f.trailing = []byte("x") }, "pack.broken", ""},
		"a skippable frame": {func(f *forged) { f.trailing = []byte{0x50, 0x2a, 0x4d, 0x18, 1, 0, 0, 0, 'x'} }, "pack.trailing", "zstd"},
		"a frame more":      {func(f *forged) { f.signature = []byte(`{}`); f.trailing = frameOf(t, "x") }, "pack.trailing", "zstd"},
		// Bombs.
		"too many files": {func(f *forged) {
			for i := range 20 {
				f.add("share/"+string(rune('a'+i)), "x")
			}
		}, "pack.files", "20"},
		"a large file": {path2("share/x", strings.Repeat("x", 5<<10)), "pack.file.size", "share/x"},
		"much in all": {func(f *forged) {
			f.add("share/x", strings.Repeat("x", 3<<10))
			f.add("share/y", strings.Repeat("x", 3<<10))
		}, "pack.total", ""},
		"said to be large": {func(f *forged) { f.list("share/x", ""); f.index.Files[len(f.index.Files)-1].Size = 1 << 62 }, "pack.file.size", "share/x"},
	} {
		t.Run(name, func(t *testing.T) {
			f := forge(contents())
			c.change(f)
			_, err := read(f.bytes(t), small)
			names := []string{}
			if c.file != "" {
				names = append(names, c.file)
			}
			if !says(err, c.key, names...) {
				t.Errorf("%v, want %s of %q", err, c.key, c.file)
			}
		})
	}
	if _, err := read(forge(contents()).bytes(t), small); err != nil {
		t.Errorf("the package without anything wrong: %v", err)
	}
}

func path2(name, body string) func(*forged) { return func(f *forged) { f.add(name, body) } }

// frameOf is a sound frame with some text.
func frameOf(t *testing.T, text string) []byte {
	var b bytes.Buffer
	z, err := compress(&b)
	check(t, err)
	_, err = z.Write([]byte(text))
	check(t, err)
	check(t, z.Close())
	return b.Bytes()
}

// TestBombs: what expands out of proportion is refused before it is expanded.
func TestBombs(t *testing.T) {
	f := forge(contents())
	f.add("share/zeros", strings.Repeat("\x00", 8<<20))
	raw := f.bytes(t)
	if len(raw) > 64<<10 {
		t.Fatalf("no bomb: %d bytes", len(raw))
	}
	if _, err := read(raw, Usual); !says(err, "pack.bomb") {
		t.Errorf("a bomb in a file: %v", err)
	}
	f = forge(contents())
	f.indexText = append([]byte(`{"format":1}`), bytes.Repeat([]byte(" "), 8<<20)...)
	if _, err := read(f.bytes(t), Usual); !says(err, "pack.file.size", "index.json") {
		t.Errorf("a bomb in the index: %v", err)
	}
	limits := Usual
	limits.Package = 10
	if _, err := read(raw, limits); !says(err, "pack.total") {
		t.Errorf("a large package: %v", err)
	}
}

// TestCutAnywhere: a package that ends early is refused, wherever it ends.
func TestCutAnywhere(t *testing.T) {
	raw := build(t, contents())
	for n := range len(raw) {
		if _, err := read(raw[:n], Usual); err == nil {
			t.Fatalf("the first %d bytes of %d passed", n, len(raw))
		}
	}
}

// TestAnyByteChanged: a changed byte is refused, or was one of the few of the
// compression's headers that say nothing: what comes out is the same.
func TestAnyByteChanged(t *testing.T) {
	raw := build(t, contents())
	p, err := read(raw, Usual)
	check(t, err)
	passed := 0
	for n := range raw {
		raw[n] ^= 0x10
		if q, err := read(raw, Usual); err == nil {
			passed++
			if q.Digest != p.Digest {
				t.Errorf("byte %d of %d changed what the package is, unnoticed", n, len(raw))
			}
		}
		raw[n] ^= 0x10
	}
	if passed > len(raw)/50 {
		t.Errorf("%d of %d bytes mean nothing", passed, len(raw))
	}
}
