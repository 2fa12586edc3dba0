namespace PolicyHub.Records.Storage;

/// <summary>The database of the records can't be used as it is; the message says what to do.</summary>
public sealed class RecordsUnusableException : Exception
{
    public RecordsUnusableException(string message)
        : base(message)
    {
    }

    public RecordsUnusableException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public RecordsUnusableException()
    {
    }
}
