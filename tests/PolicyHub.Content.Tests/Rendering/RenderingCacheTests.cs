using PolicyHub.Content.Documents;
using PolicyHub.Content.Git;
using PolicyHub.Content.Rendering;
using PolicyHub.Content.Tests.Documents;

namespace PolicyHub.Content.Tests.Rendering;

public sealed class RenderingCacheTests
{
    private static readonly BlobId Blob = new(new string('a', 40));

    private readonly RenderingCache cache = new();

    [Fact]
    public void Get_SameBlobPathAndWords_RendersOnce()
    {
        var document = Reading.Document("[x](y.md)");
        var first = cache.Get(Blob, document, new DocumentRenderer(Words.English));

        Assert.Same(first, cache.Get(Blob, document, new DocumentRenderer(Words.English.With([]))));
        Assert.Equal(1, cache.Count);
    }

    [Fact]
    public void Get_OtherPathOrWords_RendersAgain()
    {
        var renderer = new DocumentRenderer(Words.English);
        var words = new DocumentRenderer(Words.English.With([KeyValuePair.Create("callout.say", "Tell")]));
        var here = Reading.Document("[x](y.md)\n\n> [!SAY]\n> z", "a/x.md");
        var there = Reading.Document("[x](y.md)\n\n> [!SAY]\n> z", "b/x.md");

        Assert.Contains("/docs/a/y", cache.Get(Blob, here, renderer).Html.Value, StringComparison.Ordinal);
        Assert.Contains("/docs/b/y", cache.Get(Blob, there, renderer).Html.Value, StringComparison.Ordinal);
        Assert.Contains("Tell", cache.Get(Blob, here, words).Html.Value, StringComparison.Ordinal);
        Assert.Equal(3, cache.Count);
    }

    [Fact]
    public void Trim_WhatNoEditionHolds_IsForgotten()
    {
        var renderer = new DocumentRenderer(Words.English);
        var kept = Reading.Document("a", "a.md");
        var body = cache.Get(Blob, kept, renderer);
        cache.Get(Blob, Reading.Document("b", "b.md"), renderer);

        cache.Trim([(Blob, kept.Path)], renderer);

        Assert.Equal(1, cache.Count);
        Assert.Same(body, cache.Get(Blob, kept, renderer));
    }
}
