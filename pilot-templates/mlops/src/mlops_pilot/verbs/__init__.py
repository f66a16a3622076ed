"""One module a verb: `arguments(parser)` declares what it takes, `run(options)` returns its exit code.

Only the module of the verb that was asked for is imported. `options` always holds `dir`, `config`, `state`, `debug`.
"""
