package confine

import (
	"debug/elf"
	"fmt"
)

// checkStatic refuses what cannot start in a root without libraries, with a
// sentence instead of the kernel's "no such file".
func checkStatic(binary string) error {
	f, err := elf.Open(binary)
	if err != nil {
		return fmt.Errorf("confinement: %s is no executable of this system (a script needs runtime: system in module.yaml): %w", binary, err)
	}
	defer f.Close()
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP {
			return fmt.Errorf("confinement: %s needs the system's libraries: build it with CGO_ENABLED=0, or say runtime: system in module.yaml", binary)
		}
	}
	return nil
}
