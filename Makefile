.PHONY: run test bench

run:
	@python3 tasks.py run $(ARGS)

test:
	@python3 tasks.py test $(ARGS)

bench:
	@python3 tasks.py bench $(ARGS)
