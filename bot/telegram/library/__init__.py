"""The library from the chat: drafts, publishing, /docs, links, the folder."""
