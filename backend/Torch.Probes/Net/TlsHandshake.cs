using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Torch.Contracts;

namespace Torch.Probes.Net;

/// <summary>What a handshake asks for.</summary>
/// <param name="Name">The server's name: asked for, and demanded of the certificate.</param>
/// <param name="IgnoreCertificate">Whatever it presents is taken.</param>
/// <param name="Protocol">What is spoken inside; null says nothing of it.</param>
/// <param name="Detailed">Whether the names and the chain of the certificate are kept too.</param>
internal sealed record TlsAsk(
    string Name,
    bool IgnoreCertificate = false,
    SslApplicationProtocol? Protocol = null,
    bool Detailed = false
);

/// <summary>A verified handshake that keeps the certificate's facts, also of a certificate that it refuses.</summary>
internal static class TlsHandshake
{
    /// <exception cref="ProbeFault">It failed, or the certificate is not to be trusted. The transport is closed.</exception>
    public static Task<SslStream> PerformAsync(
        Stream transport,
        TlsAsk ask,
        ProbeContext context,
        ProbeRecording recording,
        CancellationToken cancellationToken
    ) => PerformAsync(new SslStream(transport), ask, context, recording, cancellationToken);

    /// <inheritdoc cref="PerformAsync(Stream, TlsAsk, ProbeContext, ProbeRecording, CancellationToken)"/>
    public static async Task<SslStream> PerformAsync(
        SslStream tls,
        TlsAsk ask,
        ProbeContext context,
        ProbeRecording recording,
        CancellationToken cancellationToken
    )
    {
        recording.Phase = "in the TLS handshake";
        var mark = recording.Mark();
        string? refusal = null;
        try
        {
            await tls.AuthenticateAsClientAsync(Options(ask, context, Verify), cancellationToken);
            recording.Texts["tlsVersion"] = VersionOf(tls.SslProtocol);
            recording.Texts["tlsCipher"] = tls.NegotiatedCipherSuite.ToString();
            return tls;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            await tls.DisposeAsync();
            throw Fault(fault, refusal);
        }
        finally
        {
            recording.Encrypted(mark);
        }

        bool Verify(object sender, X509Certificate? presented, X509Chain? chain, SslPolicyErrors errors)
        {
            if (presented is X509Certificate2 certificate)
            {
                recording.Certificate = Facts(certificate, context.Time.GetUtcNow());
                errors = chain is null ? errors : context.Roots.Judge(ask.Name, certificate, chain, errors);
                if (ask.Detailed)
                    CertificateDetails.Record(certificate, chain, recording);
            }
            refusal = errors is SslPolicyErrors.None ? null : Reason(ask.Name, errors, chain);
            return refusal is null || ask.IgnoreCertificate;
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
        TlsAsk ask,
        ProbeContext context,
        RemoteCertificateValidationCallback verify
    ) =>
        new()
        {
            TargetHost = ask.Name,
            CertificateChainPolicy = context.Roots.PolicyFor(ask.Name),
            RemoteCertificateValidationCallback = verify,
            ApplicationProtocols = ask.Protocol is { } protocol ? [protocol] : null,
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
