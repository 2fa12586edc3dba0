namespace PolicyHub.Web.Mail;

/// <summary>A mail to one person.</summary>
/// <param name="PersonId">Whom it is to.</param>
/// <param name="To">Their address.</param>
/// <param name="Subject">On one line: what would begin another is taken out.</param>
/// <param name="Text">Plain text.</param>
public sealed record HubMail(Guid? PersonId, string To, string Subject, string Text);
