package theme

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"slices"

	"github.com/andybalholm/brotli"
)

// maxTables bounds what a font unpacks to, in bytes.
const maxTables = 2 << 20

// tags are the names of tables that WOFF2 writes as a number.
var tags = []string{"cmap", "head", "hhea", "hmtx", "maxp", "name", "OS/2", "post", "cvt ", "fpgm", "glyf", "loca", "prep", "CFF ",
	"VORG", "EBDT", "EBLC", "gasp", "hdmx", "kern", "LTSH", "PCLT", "VDMX", "vhea", "vmtx", "BASE", "GDEF", "GPOS", "GSUB", "EBSC",
	"JSTF", "MATH", "CBDT", "CBLC", "COLR", "CPAL", "SVG ", "sbix", "acnt", "avar", "bdat", "bloc", "bsln", "cvar", "fdsc", "feat",
	"fmtx", "fvar", "gvar", "hsty", "just", "lcar", "mort", "morx", "opbd", "prop", "trak", "Zapf", "Silf", "Glat", "Gloc", "Feat", "Sill"}

// plainTables may be in a theme's font: outlines, their metrics and variations,
// and how letters go together. Pictures, programs of other engines and SVG may
// not.
var plainTables = []string{"cmap", "head", "hhea", "hmtx", "maxp", "name", "OS/2", "post", "cvt ", "fpgm", "glyf", "loca", "prep",
	"CFF ", "CFF2", "VORG", "gasp", "hdmx", "kern", "LTSH", "VDMX", "vhea", "vmtx", "BASE", "GDEF", "GPOS", "GSUB", "DSIG", "meta",
	"STAT", "avar", "cvar", "fvar", "gvar", "HVAR", "VVAR", "MVAR"}

// table is one table of a font as WOFF2 keeps it: perhaps transformed.
type table struct {
	tag    string
	recast bool // not as OpenType has it, but as WOFF2 packs it better
	size   int
	data   []byte
}

// unpack reads the tables of a WOFF2 font.
func unpack(src []byte) (map[string]table, error) {
	const header = 48
	if len(src) < header || string(src[:4]) != "wOF2" {
		return nil, fmt.Errorf("no WOFF2")
	}
	at := func(i int) int { return int(binary.BigEndian.Uint32(src[i:])) }
	if flavour := at(4); flavour != 0x00010000 && flavour != 0x4f54544f {
		return nil, fmt.Errorf("flavour %08x", flavour)
	}
	if at(8) != len(src) || at(28) != 0 || at(40) != 0 {
		return nil, fmt.Errorf("something beside the font is in the file")
	}
	d := &directory{rest: src[header:]}
	list, total := d.tables(int(binary.BigEndian.Uint16(src[12:]))), 0
	for _, t := range list {
		total += t.size
	}
	packed := at(20)
	if d.bad || total > maxTables || packed > len(d.rest) {
		return nil, fmt.Errorf("directory of tables")
	}
	body, err := io.ReadAll(io.LimitReader(brotli.NewReader(bytes.NewReader(d.rest[:packed])), int64(total)+1))
	if err != nil || len(body) != total {
		return nil, fmt.Errorf("%d bytes of %d: %w", len(body), total, err)
	}
	found := map[string]table{}
	for _, t := range list {
		t.data, body = body[:t.size], body[t.size:]
		if !slices.Contains(plainTables, t.tag) || found[t.tag].tag != "" {
			return nil, fmt.Errorf("table %q", t.tag)
		}
		found[t.tag] = t
	}
	return found, nil
}

// directory reads the list of tables.
type directory struct {
	rest []byte
	bad  bool
}

func (d *directory) tables(n int) (list []table) {
	for range n {
		flags := d.byte()
		var t table
		if i := int(flags & 63); i < len(tags) {
			t.tag = tags[i]
		} else {
			t.tag = string([]byte{d.byte(), d.byte(), d.byte(), d.byte()})
		}
		version := flags >> 6
		t.recast = version != 0
		if t.tag == "glyf" || t.tag == "loca" {
			t.recast = version != 3
		}
		if t.size = d.number(); t.recast {
			t.size = d.number()
		}
		if d.bad {
			return nil
		}
		list = append(list, t)
	}
	return list
}

func (d *directory) byte() byte {
	if len(d.rest) == 0 {
		d.bad = true
		return 0
	}
	b := d.rest[0]
	d.rest = d.rest[1:]
	return b
}

// number reads a UIntBase128: seven bits a byte, the highest first.
func (d *directory) number() int {
	n := 0
	for i := range 5 {
		b := d.byte()
		if i == 0 && b == 0x80 || n > maxTables {
			break
		}
		if n = n<<7 | int(b&0x7f); b&0x80 == 0 {
			return n
		}
	}
	d.bad = true
	return 0
}
