using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace PolicyHub.Records.Storage;

/// <summary>
/// An instant as text, in UTC, to the millisecond: the same bytes in both databases, in the order of time, and readable by whoever looks
/// into the table with no program of ours.
/// </summary>
internal sealed class InstantConverter() : ValueConverter<DateTimeOffset, string>(instant => Write(instant), text => Read(text))
{
    public const int Length = 24;

    private const string Pattern = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static string Write(DateTimeOffset instant) => instant.UtcDateTime.ToString(Pattern, CultureInfo.InvariantCulture);

    public static DateTimeOffset Read(string text) =>
        DateTimeOffset.ParseExact(text, Pattern, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}

/// <summary>A day as text, <c>2026-12-01</c>.</summary>
internal sealed class DayConverter() : ValueConverter<DateOnly, string>(
    day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    text => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture))
{
    public const int Length = 10;
}

/// <summary>A short list of words as JSON text.</summary>
internal sealed class WordsConverter() : ValueConverter<ImmutableArray<string>, string>(
    words => JsonSerializer.Serialize(words.IsDefault ? ImmutableArray<string>.Empty : words, JsonSerializerOptions.Default),
    text => JsonSerializer.Deserialize<ImmutableArray<string>>(text, JsonSerializerOptions.Default));

internal sealed class WordsComparer() : ValueComparer<ImmutableArray<string>>(
    (one, other) => one.SequenceEqual(other),
    words => words.Length == 0 ? 0 : words[0].GetHashCode(StringComparison.Ordinal) ^ words.Length,
    words => words);
