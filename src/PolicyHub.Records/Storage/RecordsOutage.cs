using System.Data.Common;

namespace PolicyHub.Records.Storage;

/// <summary>Tells a database that is away for a while from a defect.</summary>
public static class RecordsOutage
{
    /// <summary>Whether a failure says that the records can't be asked now. What a page can do without is then left out: whoever has a caller on the line reads on.</summary>
    public static bool Is(Exception failure) => failure is DbException or TimeoutException || failure?.InnerException is DbException or TimeoutException;
}
