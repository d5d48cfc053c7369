# Préau. `make help` lists what can be asked.

export CGO_ENABLED = 0
GOFLAGS_BUILD = -ldflags "-s -w"
LISTEN ?= 127.0.0.1:8080
DATA   ?= ./data
MODULES = $(notdir $(wildcard plugins/*))
DEBIAN  = chromium fonts-dejavu-core protobuf-compiler libprotobuf-dev bubblewrap runsc python3-grpcio python3-protobuf

.DEFAULT_GOAL := help
.PHONY: help setup build demo test race lint bench e2e generate assets clean

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  \1\t\2/' | expand -t 14

setup: node_modules/.stamp ## what tests and generators need: Debian packages (as root), npm packages
	@missing=$$(for p in $(DEBIAN); do dpkg -s $$p >/dev/null 2>&1 || printf '%s ' $$p; done); \
	if [ -n "$$missing" ]; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $$missing; \
	  else echo "please install: $$missing" >&2; exit 1; fi; fi

node_modules/.stamp: package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@

build: ## bin/preau, its launcher and every module, as static binaries
	go build $(GOFLAGS_BUILD) -o bin/ ./cmd/preau ./cmd/preau-launcher
	@for id in $(MODULES); do \
	  mkdir -p bin/modules/$$id && \
	  go build $(GOFLAGS_BUILD) -o bin/modules/$$id/$$id ./plugins/$$id && \
	  rm -rf bin/modules/$$id/locales && cp -r plugins/$$id/module.yaml plugins/$$id/locales bin/modules/$$id/ || exit 1; \
	done

demo: build ## two fictitious schools on http://$(LISTEN), data in $(DATA)
	bin/preau demo --data $(DATA) --listen $(LISTEN)

test: setup ## every test: unit, stories, browser journeys, style, generated code
	go test -vet=off -timeout 25m ./... # style vets all of it, once

race: ## the race detector on all that runs goroutines
	CGO_ENABLED=1 go test -race -timeout 40m $$(go list ./... | grep -vE '/(e2e|style|bench)$$')

lint: ## go vet, staticcheck, gofmt, import directions, documentation
	go test -count=1 ./style

e2e: setup ## browser journeys only; pictures land in artefacts/
	go test -count=1 -v -timeout 20m ./e2e

bench: build ## one table: figures as ratios to baselines of the same run (PART="lane starts": only those)
	go run ./bench $(PART)

generate: ## protobuf, templates, page assets, reference
	go generate ./sdk/wire
	go tool templ generate -path .
	$(MAKE) assets
	go run ./docs/build
	go test ./cmd/preau -run TestReference -write

assets: node_modules/.stamp ## icons, scripts and styles of the page
	go run ./core/web/assets/build

clean: ## what was built, never data
	rm -rf bin artefacts node_modules
