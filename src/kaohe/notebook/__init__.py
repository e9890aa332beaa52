"""The names that `import kaohe` offers in a notebook: over pandas, polars or Arrow tables, giving Arrow tables back."""
