using System.Security.Cryptography.X509Certificates;

namespace Torch.Probes.Net;

/// <summary>What a certificate says beyond its dates: whom it names, and how it leads to its authority.</summary>
internal static class CertificateDetails
{
    private const int MaxBytes = 2048;

    public static void Record(X509Certificate2 certificate, X509Chain? chain, ProbeRecording recording)
    {
        recording.Texts["cert.names"] = StorableText.Cap(string.Join(", ", Names(certificate)), MaxBytes);
        var links = chain?.ChainElements.Select(link => link.Certificate.Subject) ?? [certificate.Subject];
        recording.Texts["cert.chain"] = StorableText.Cap(string.Join(" <- ", links), MaxBytes);
    }

    /// <summary>Throws where it expires too soon. Its facts stand in the result either way.</summary>
    /// <exception cref="ProbeFault">Fewer days are left.</exception>
    public static void Demand(double? daysLeft, ProbeRecording recording)
    {
        if (daysLeft is { } wanted && recording.Certificate is { } certificate && certificate.DaysLeft < wanted)
            throw new ProbeFault(
                Causes.Certificate,
                $"The certificate is valid for {certificate.DaysLeft:0.#} days more; expected at least {wanted:0.#}."
            );
    }

    private static IEnumerable<string> Names(X509Certificate2 certificate)
    {
        try
        {
            return certificate
                .Extensions.OfType<X509SubjectAlternativeNameExtension>()
                .SelectMany(names =>
                    names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(a => a.ToString()))
                )
                .ToList();
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // A stranger's certificate may hold anything; names that cannot be read are none.
            return [];
        }
    }
}
