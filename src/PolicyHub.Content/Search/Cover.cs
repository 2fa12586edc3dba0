namespace PolicyHub.Content.Search;

/// <summary>How well a text and a query cover each other.</summary>
/// <param name="Query">Share of the query that the text has, by importance, from 0 to 1.</param>
/// <param name="Text">Share of the text that the query has, by rarity, from 0 to 1.</param>
/// <param name="IsExact">The text is the query, word for word, in any form of each.</param>
internal readonly record struct Cover(float Query, float Text, bool IsExact)
{
    public float Both => Query * Text;
}
