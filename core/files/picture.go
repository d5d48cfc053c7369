package files

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"io"
	"math"
	"slices"
	"strconv"

	"github.com/disintegration/imaging"
	"gocloud.dev/blob"
	"gocloud.dev/gcerrors"
	_ "golang.org/x/image/webp" // pictures of that kind can be read

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// Widths are the widths, in pixels, in which a picture may be had besides its own.
var Widths = []int{160, 480, 960}

// Bounds of what is made smaller: a picture that would take too much memory
// stays as it is.
const (
	picturePixels = 24 << 20
	pictureBytes  = 24 << 20
	pictureGrade  = 78 // of JPEG
	fitStep       = .9 // by which a picture that is still too heavy gets smaller at least
)

// resized are the kinds of picture that are made smaller.
var resized = []string{"image/jpeg", "image/png", "image/gif", "image/webp"}

// WidthFor returns the least of Widths that is no less than wanted, the largest
// when none is.
func WidthFor(wanted int) int {
	for _, w := range Widths {
		if w >= wanted {
			return w
		}
	}
	return Widths[len(Widths)-1]
}

// Picture opens a picture no wider than width, which is one of Widths. What is
// no picture, or small already, or too large to be made smaller, is opened as it
// is; NotFound. A smaller one is made once and kept beside the file.
func (s *Store) Picture(ctx context.Context, school ids.SchoolID, module ids.ModuleID, id string, width int) (*File, error) {
	info, err := s.Stat(ctx, school, module, id)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(Widths, width) || !slices.Contains(resized, info.MIME) || info.Size > pictureBytes {
		return s.Open(ctx, school, module, id)
	}
	key := smallKey(keyOf(school, module, id), width)
	small, err := s.bucket.ReadAll(ctx, key)
	switch {
	case gcerrors.Code(err) == gcerrors.NotFound:
		if small, err = s.shrink(ctx, school, module, id, width); err != nil {
			return nil, err
		}
		if err := s.bucket.WriteAll(ctx, key, small, &blob.WriterOptions{ContentType: "application/octet-stream", DisableContentTypeDetection: true}); err != nil {
			return nil, errors.Wrap(err, errors.Unavailable, "files.write")
		}
	case err != nil:
		return nil, errors.Wrap(err, errors.Unavailable, "files.read")
	}
	if len(small) == 0 { // nothing was gained
		return s.Open(ctx, school, module, id)
	}
	info.Size, info.SHA256 = int64(len(small)), info.SHA256+"-"+strconv.Itoa(width)
	if !bytes.HasPrefix(small, []byte("\x89PNG")) {
		info.MIME = "image/jpeg"
	} else {
		info.MIME = "image/png"
	}
	return &File{Info: info, ReadSeekCloser: inMemory{bytes.NewReader(small)}}, nil
}

type inMemory struct{ *bytes.Reader }

func (inMemory) Close() error { return nil }

// shrink returns the smaller picture, nothing when it would not be lighter. One
// is made at a time: pictures are large in memory.
func (s *Store) shrink(ctx context.Context, school ids.SchoolID, module ids.ModuleID, id string, width int) ([]byte, error) {
	select {
	case s.shrinking <- struct{}{}:
		defer func() { <-s.shrinking }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	f, err := s.Open(ctx, school, module, id)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	whole, err := io.ReadAll(f)
	if err != nil {
		return nil, errors.Wrap(err, errors.Unavailable, "files.read")
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(whole))
	if err != nil || size.Width <= width || size.Width*size.Height > picturePixels {
		return nil, nil // what nobody can read stays as it is
	}
	picture, err := imaging.Decode(bytes.NewReader(whole), imaging.AutoOrientation(true))
	if err != nil {
		return nil, nil
	}
	var b bytes.Buffer
	if err := imaging.Encode(&b, imaging.Resize(picture, width, 0, imaging.Lanczos), formatOf(picture), imaging.JPEGQuality(pictureGrade)); err != nil {
		return nil, errors.Internal(err)
	}
	if b.Len() >= len(whole) {
		return nil, nil
	}
	return b.Bytes(), nil
}

// Fit returns a picture of so many pixels and of light bytes at most: as it is
// when it is that small already, else made smaller until it is. Invalid when it
// cannot be read, TooLarge when its pixels would take too much memory.
func Fit(whole []byte, wide, high, light int) ([]byte, error) {
	size, _, err := image.DecodeConfig(bytes.NewReader(whole))
	switch {
	case err != nil:
		return nil, errors.Wrap(err, errors.Invalid, "")
	case size.Width*size.Height > picturePixels:
		return nil, errors.New(errors.TooLarge, "")
	case size.Width <= wide && size.Height <= high && len(whole) <= light:
		return whole, nil
	}
	picture, err := imaging.Decode(bytes.NewReader(whole), imaging.AutoOrientation(true))
	if err != nil {
		return nil, errors.Wrap(err, errors.Invalid, "")
	}
	kind := formatOf(picture)
	shown := imaging.Fit(picture, wide, high, imaging.Lanczos)
	for small := shown; ; {
		var b bytes.Buffer
		if err := imaging.Encode(&b, small, kind, imaging.JPEGQuality(pictureGrade), imaging.PNGCompressionLevel(png.BestCompression)); err != nil {
			return nil, errors.Internal(err)
		}
		wide, high = small.Rect.Dx(), small.Rect.Dy()
		if b.Len() <= light || wide == 1 && high == 1 {
			return b.Bytes(), nil
		}
		scale := min(fitStep, math.Sqrt(float64(light)/float64(b.Len()))) // bytes go with the area
		small = imaging.Fit(shown, max(1, int(float64(wide)*scale)), max(1, int(float64(high)*scale)), imaging.Lanczos)
	}
}

// formatOf keeps what is transparent so.
func formatOf(picture image.Image) imaging.Format {
	if o, ok := picture.(interface{ Opaque() bool }); ok && !o.Opaque() {
		return imaging.PNG
	}
	return imaging.JPEG
}

func smallKey(key string, width int) string { return key + ".w" + strconv.Itoa(width) }

// dropSmall removes the smaller ones with their file.
func (s *Store) dropSmall(ctx context.Context, key string) error {
	for _, w := range Widths {
		if err := s.bucket.Delete(ctx, smallKey(key, w)); err != nil && gcerrors.Code(err) != gcerrors.NotFound {
			return errors.Wrap(err, errors.Unavailable, "files.write")
		}
	}
	return nil
}
