namespace PolicyHub.Web.SignIn;

/// <summary>Whether this site keeps records; a preview and the pages of a pack keep nothing about anybody, and offer nothing that would.</summary>
public sealed record RecordsKept(bool Are);
