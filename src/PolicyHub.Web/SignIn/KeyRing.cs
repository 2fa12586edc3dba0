using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using PolicyHub.Records.Storage;

namespace PolicyHub.Web.SignIn;

/// <summary>The framework's keys, kept in the records, so that several processes share them.</summary>
internal sealed class KeyRing(KeyStore store) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. store.ReadAll().Select(xml => XElement.Parse(xml))];

    public void StoreElement(XElement element, string friendlyName) => store.Add(friendlyName, element.ToString(SaveOptions.DisableFormatting));
}
