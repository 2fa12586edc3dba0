namespace PolicyHub.Content.Catalogue;

/// <summary>What the resolver asks of a version, be it of a document or of a file that is none.</summary>
public interface IDatedVersion
{
    DateTimeOffset Published { get; }

    /// <summary>
    /// A text from before PolicyHub, brought in later: it says what applied on a day of long ago, and was never to be read here, so it is
    /// never in effect.
    /// </summary>
    bool IsRecorded { get; }

    /// <summary>The instant from which this version may be in effect: declared, in the organisation's zone, else publication.</summary>
    DateTimeOffset EffectiveInstant(TimeZoneInfo zone);

    /// <summary>Whether it says by then that there is nothing: the file is gone, or its own date of rescission has come.</summary>
    bool HasEnded(DateTimeOffset at, TimeZoneInfo zone);
}
