package sdk

import (
	"mime/multipart"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/preau-ent/preau/sdk/errors"
)

// formMemory is how much of an upload stays in memory; the rest waits in the
// module's own folder, so that fifty hand-ins at once do not fill the machine.
const formMemory = 1 << 20

// parse reads the form, once, in little memory.
func (r *Request) parse() error {
	err := r.ParseMultipartForm(formMemory)
	if err == http.ErrNotMultipart {
		return nil // ParseForm has run
	}
	if err != nil {
		var big *http.MaxBytesError
		if errors.As(err, &big) {
			return errors.Wrap(err, errors.TooLarge, "")
		}
		return errors.Wrap(err, errors.Invalid, "")
	}
	return nil
}

// FormValue returns the first value of a field of the form or the query.
func (r *Request) FormValue(name string) string {
	_ = r.parse() // an unreadable form has no values; Fields.Err tells
	return r.Request.FormValue(name)
}

// FormValues returns all values of a field: boxes, pickers.
func (r *Request) FormValues(name string) []string {
	_ = r.parse()
	return r.Form[name]
}

// Uploads returns the files sent under this name, empty ones left out.
func (r *Request) Uploads(name string) []*multipart.FileHeader {
	if r.parse() != nil || r.MultipartForm == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(r.MultipartForm.File[name]), func(f *multipart.FileHeader) bool {
		return f.Filename == "" && f.Size == 0
	})
}

// KeepUploads stores the files sent under this name with [Files.Put]. After an
// error it deletes those already stored.
func (r *Request) KeepUploads(name string) ([]File, error) {
	var kept []File
	for _, h := range r.Uploads(name) {
		file, err := r.keep(h)
		if err != nil {
			for _, k := range kept {
				_ = r.Files.Delete(k.ID) // the first error is the one to tell
			}
			return nil, err
		}
		kept = append(kept, file)
	}
	return kept, nil
}

func (r *Request) keep(h *multipart.FileHeader) (File, error) {
	src, err := h.Open()
	if err != nil {
		return File{}, errors.Internal(err)
	}
	defer src.Close()
	return r.Files.Put(h.Filename, src)
}

// Fields reads a posted form and remembers what is wrong with it:
//
//	f := r.Fields()
//	title, due := f.Text("title", 200), f.Date("due")
//	if err := f.Err(); err != nil { … draw the form again with errors.FieldsOf(err) }
//
// Every reader returns the zero value for what is absent; [Fields.Required]
// says which fields may not be.
type Fields struct {
	r      *Request
	bad    map[string]string
	filled map[string][]any
	err    error
}

// Fields reads the request's form.
func (r *Request) Fields() *Fields {
	return &Fields{r: r, bad: map[string]string{}, filled: map[string][]any{}, err: r.parse()}
}

// Required notes each of the fields that is empty.
func (f *Fields) Required(names ...string) {
	for _, n := range names {
		if strings.TrimSpace(f.r.Request.FormValue(n)) == "" && len(f.r.Uploads(n)) == 0 {
			f.Bad(n, "error.field.required")
		}
	}
}

// Text returns trimmed words of at most max characters.
func (f *Fields) Text(name string, max int) string {
	s := strings.TrimSpace(strings.ReplaceAll(f.r.Request.FormValue(name), "\r\n", "\n"))
	if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
		f.Bad(name, "error.field.text")
		return ""
	}
	if utf8.RuneCountInString(s) > max {
		f.Bad(name, "error.field.long")
	}
	return s
}

// Date returns a day, or a day and time, in the viewer's time zone.
func (f *Fields) Date(name string) time.Time {
	s := f.r.Request.FormValue(name)
	for _, layout := range []string{time.DateOnly, "2006-01-02T15:04", "2006-01-02T15:04:05"} {
		t, err := time.ParseInLocation(layout, s, f.r.Viewer.TimeZone)
		if err == nil && t.Year() >= 1900 && t.Year() < 2200 {
			return t
		}
	}
	if s != "" {
		f.Bad(name, "error.field.date")
	}
	return time.Time{}
}

// Number returns a number between min and max; a decimal comma is understood.
func (f *Fields) Number(name string, min, max float64) float64 {
	s := strings.TrimSpace(f.r.Request.FormValue(name))
	if s == "" {
		return 0
	}
	n, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	if err != nil || !(n >= min && n <= max) { // also NaN
		f.Bad(name, "error.field.number")
		return 0
	}
	return n
}

// Choice returns one of the allowed values, the first when nothing was chosen.
func (f *Fields) Choice(name string, allowed ...string) string {
	s := f.r.Request.FormValue(name)
	if s == "" && len(allowed) > 0 {
		return allowed[0]
	}
	if !slices.Contains(allowed, s) {
		f.Bad(name, "error.field.choice")
		return ""
	}
	return s
}

// Checked reports whether a box was ticked.
func (f *Fields) Checked(name string) bool { return f.r.Request.FormValue(name) != "" }

// Bad notes what is wrong with a field, in words of the catalogue; its first
// fault is kept.
func (f *Fields) Bad(name, key string, args ...any) {
	if f.bad[name] == "" {
		f.bad[name] = key
		if len(args) > 0 {
			f.filled[name] = args
		}
	}
}

// Err returns what is wrong: nil, an unreadable form, or an Invalid error with
// the fields' keys.
func (f *Fields) Err() error {
	if f.err != nil {
		return f.err
	}
	if len(f.bad) == 0 {
		return nil
	}
	return &errors.Error{Kind: errors.Invalid, Fields: f.bad, Filled: f.filled}
}
