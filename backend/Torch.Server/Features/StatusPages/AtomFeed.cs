using System.Globalization;
using System.Text;
using System.Xml;
using Torch.Contracts;

namespace Torch.Server.Features.StatusPages;

/// <summary>What was wrong as an Atom feed (RFC 4287): an entry for each time, updated when it is over.</summary>
internal static class AtomFeed
{
    private const string Namespace = "http://www.w3.org/2005/Atom";

    public static string Of(string url, PublicStatus page)
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement("feed", Namespace);
            xml.WriteElementString("id", Namespace, url);
            xml.WriteElementString("title", Namespace, page.Title);
            Link(xml, url, "alternate");
            Link(xml, url + "/feed.atom", "self");
            var newest = page.Incidents.Select(i => i.EndedAt ?? i.At).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Max();
            xml.WriteElementString("updated", Namespace, Time(newest));
            foreach (var incident in page.Incidents)
                Entry(xml, url, incident);
            xml.WriteEndElement();
        }
        return text.ToString();
    }

    private static void Entry(XmlWriter xml, string url, PublicIncident incident)
    {
        xml.WriteStartElement("entry", Namespace);
        xml.WriteElementString("id", Namespace, $"{url}#{incident.Id}");
        xml.WriteElementString("title", Namespace, Title(incident));
        Link(xml, url, "alternate");
        xml.WriteElementString("published", Namespace, Time(incident.At));
        xml.WriteElementString("updated", Namespace, Time(incident.EndedAt ?? incident.At));
        xml.WriteStartElement("author", Namespace);
        xml.WriteElementString("name", Namespace, "Torch");
        xml.WriteEndElement();
        xml.WriteElementString("summary", Namespace, Summary(incident));
        xml.WriteEndElement();
    }

    private static string Title(PublicIncident incident) =>
        incident.EndedAt is null ? $"{incident.Label} is {incident.Status}" : $"{incident.Label} is well again";

    private static string Summary(PublicIncident incident) =>
        incident.EndedAt is { } end
            ? $"{incident.Label} was {incident.Status} from {Time(incident.At)} to {Time(end)}."
            : $"{incident.Label} is {incident.Status} since {Time(incident.At)}.";

    private static void Link(XmlWriter xml, string url, string relation)
    {
        xml.WriteStartElement("link", Namespace);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("href", url);
        xml.WriteEndElement();
    }

    private static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
