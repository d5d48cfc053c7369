package main

import (
	"net/http"
	"os"
	"strconv"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/resource/httpadapter"
)

// servePlugin is the smallest plugin with a resource: a plain HTTP handler that
// answers the bytes of a file, kept in memory.
func servePlugin(file string) error {
	body, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /page", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/vnd.preau.ui+protobuf")
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.Write(body)
	})
	return backend.Manage("bench-app", backend.ServeOpts{CallResourceHandler: httpadapter.New(mux)})
}
