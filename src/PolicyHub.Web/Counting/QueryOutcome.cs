namespace PolicyHub.Web.Counting;

/// <summary>How a search ended, or what was said about it.</summary>
public enum QueryOutcome
{
    /// <summary>There were results; whether they helped is not known.</summary>
    Results,

    /// <summary>A result was opened, or read beside the list.</summary>
    Chosen,

    /// <summary>Other words took its place.</summary>
    Reformulated,

    /// <summary>Left or cleared with nothing chosen, while a list was shown under the box.</summary>
    Abandoned,

    /// <summary>Nothing was found.</summary>
    None,

    /// <summary>Somebody reported that what they searched for is missing.</summary>
    Reported,
}
