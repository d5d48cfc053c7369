package web

import (
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/preau-ent/preau/core/files"
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/errors"
)

// sendFile answers a stored file that a module named: whole, or the one range
// that was asked for, never from the module's own words but from what is known
// of the file.
func (a *App) sendFile(c *call, r host.Route, answer *host.Answer) error {
	f, err := a.openFile(c, r, answer)
	if err != nil {
		return err
	}
	c.Response().Header.Add(fiber.HeaderVary, "Save-Data")
	tag := `"` + f.SHA256 + `"`
	c.Set(fiber.HeaderETag, tag)
	c.Set(fiber.HeaderAcceptRanges, "bytes")
	c.Set(fiber.HeaderLastModified, f.At.UTC().Format(http.TimeFormat))
	c.Set(fiber.HeaderContentSecurityPolicy, fence)
	c.Set(fiber.HeaderCacheControl, "private, no-cache")
	c.Response().Header.SetContentType(f.MIME)
	c.attach(f.MIME, answer.Header.Get(fiber.HeaderContentDisposition), f.Name)
	if c.Get(fiber.HeaderIfNoneMatch) == tag {
		f.Close()
		c.Status(fiber.StatusNotModified)
		return nil
	}
	from, length, part := int64(0), f.Size, false
	if wanted := c.Get(fiber.HeaderRange); wanted != "" && (c.Get(fiber.HeaderIfRange) == "" || c.Get(fiber.HeaderIfRange) == tag) {
		from, length, part, err = rangeOf(wanted, f.Size)
		if err != nil {
			f.Close()
			c.Set(fiber.HeaderContentRange, "bytes */"+strconv.FormatInt(f.Size, 10))
			c.Status(fiber.StatusRequestedRangeNotSatisfiable)
			return nil
		}
	}
	return c.sendPart(f, from, length, part)
}

// slowWidth is the most that a picture shown in place measures on a slow
// connection, in pixels.
const slowWidth = 960

// openFile opens a file as it is sent: a picture in the width asked for, and one
// that is shown in place no larger than a slow connection bears. What is saved
// is always whole.
func (a *App) openFile(c *call, r host.Route, answer *host.Answer) (*files.File, error) {
	wanted, err := strconv.Atoi(c.Query("largeur"))
	disposition, _, _ := mime.ParseMediaType(answer.Header.Get(fiber.HeaderContentDisposition))
	if err != nil && disposition != "attachment" && c.slow() {
		wanted = slowWidth
	}
	if wanted <= 0 {
		return a.Files.Open(c.UserContext(), r.School, r.Module, answer.File)
	}
	return a.Files.Picture(c.UserContext(), r.School, r.Module, answer.File, files.WidthFor(wanted))
}

// slow reports whether the visitor, or their browser, asks for little.
func (c *call) slow() bool {
	return c.appearance().Slow != "" || strings.EqualFold(c.Get("Save-Data"), "on")
}

func (c *call) sendPart(f *files.File, from, length int64, part bool) error {
	if part {
		if _, err := f.Seek(from, io.SeekStart); err != nil {
			f.Close()
			return errors.Internal(err)
		}
		c.Set(fiber.HeaderContentRange, "bytes "+strconv.FormatInt(from, 10)+"-"+strconv.FormatInt(from+length-1, 10)+"/"+strconv.FormatInt(f.Size, 10))
		c.Status(fiber.StatusPartialContent)
	}
	c.Context().SetBodyStream(limited{io.LimitReader(f, length), f}, int(length))
	return nil
}

// limited is a part of a file.
type limited struct {
	io.Reader
	io.Closer
}

// rangeOf reads one range ("bytes=0-99", "bytes=100-", "bytes=-50"). Several,
// or what is no range at all, mean the whole file; one outside it is Invalid.
func rangeOf(header string, size int64) (from, length int64, part bool, err error) {
	spec, ok := strings.CutPrefix(header, "bytes=")
	first, last, dash := strings.Cut(spec, "-")
	if !ok || !dash || strings.Contains(spec, ",") {
		return 0, size, false, nil
	}
	begin, errBegin := strconv.ParseInt(first, 10, 64)
	end, errEnd := strconv.ParseInt(last, 10, 64)
	switch {
	case first == "" && errEnd == nil && end > 0:
		begin, end = max(0, size-end), size-1
	case errBegin == nil && last == "":
		end = size - 1
	case errBegin != nil || errEnd != nil || begin < 0 || end < begin:
		return 0, size, false, nil
	}
	if begin >= size {
		return 0, 0, false, errors.New(errors.Invalid, "web.range")
	}
	return begin, min(end, size-1) - begin + 1, true, nil
}
