"""The core: model, language, catalogue, search, understanding and answering."""
