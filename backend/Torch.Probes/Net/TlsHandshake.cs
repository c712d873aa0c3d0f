using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Torch.Contracts;

namespace Torch.Probes.Net;

/// <summary>A verified handshake that keeps the certificate's facts, also of a certificate that it refuses.</summary>
internal static class TlsHandshake
{
    public static async Task<SslStream> PerformAsync(
        Stream transport,
        string host,
        ProbeContext context,
        ProbeRecording recording,
        CancellationToken cancellationToken
    )
    {
        recording.Phase = "in the TLS handshake";
        var mark = recording.Mark();
        string? refusal = null;
        var tls = new SslStream(transport);
        try
        {
            var options = Options(host, context, Verify);
            await tls.AuthenticateAsClientAsync(options, cancellationToken);
            recording.Texts["tlsVersion"] = VersionOf(tls.SslProtocol);
            return tls;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            await tls.DisposeAsync();
            throw Fault(fault, refusal);
        }
        finally
        {
            recording.TlsMs = recording.MsSince(mark);
        }

        bool Verify(object sender, X509Certificate? presented, X509Chain? chain, SslPolicyErrors errors)
        {
            if (presented is X509Certificate2 certificate)
            {
                recording.Certificate = Facts(certificate, context.Time.GetUtcNow());
                errors = chain is null ? errors : context.Roots.Judge(host, certificate, chain, errors);
            }
            refusal = errors is SslPolicyErrors.None ? null : Reason(host, errors, chain);
            return refusal is null;
        }
    }

    private static string VersionOf(SslProtocols protocol) =>
        protocol switch
        {
            SslProtocols.Tls13 => "1.3",
            SslProtocols.Tls12 => "1.2",
            _ => protocol.ToString(),
        };

    private static SslClientAuthenticationOptions Options(
        string host,
        ProbeContext context,
        RemoteCertificateValidationCallback verify
    ) =>
        new()
        {
            TargetHost = host,
            CertificateChainPolicy = context.Roots.PolicyFor(host),
            RemoteCertificateValidationCallback = verify,
            ApplicationProtocols = [SslApplicationProtocol.Http11],
            // A resumed session shows the certificate of an earlier probe; a monitor must see the one of now.
            AllowTlsResume = false,
        };

    private static ProbeFault Fault(Exception fault, string? refusal) =>
        refusal is not null ? new(Causes.Certificate, refusal, fault)
        : fault is AuthenticationException ? new(Causes.Tls, $"The TLS handshake failed: {Innermost(fault)}", fault)
        : new(Causes.Tls, "The target broke off the TLS handshake.", fault);

    private static string Innermost(Exception fault) =>
        fault.InnerException is { } inner ? Innermost(inner) : fault.Message;

    private static Certificate Facts(X509Certificate2 certificate, DateTimeOffset now)
    {
        var notAfter = new DateTimeOffset(certificate.NotAfter).ToUniversalTime();
        return new Certificate(
            StorableText.Cap(certificate.Subject, 1024),
            StorableText.Cap(certificate.Issuer, 1024),
            notAfter,
            Math.Round((notAfter - now).TotalDays, 3)
        );
    }

    private static string Reason(string host, SslPolicyErrors errors, X509Chain? chain)
    {
        var status =
            chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status)
            ?? X509ChainStatusFlags.NoError;
        return errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) ? "The target presented no certificate."
            : status.HasFlag(X509ChainStatusFlags.NotTimeValid) ? "The certificate has expired or is not valid yet."
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? $"The certificate does not name {host}."
            : status.HasFlag(X509ChainStatusFlags.UntrustedRoot) || status.HasFlag(X509ChainStatusFlags.PartialChain)
                ? "The certificate does not lead to a trusted authority."
            : $"The certificate was refused ({status}).";
    }
}
