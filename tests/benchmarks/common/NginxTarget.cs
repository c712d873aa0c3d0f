using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Torch.Benchmarks.Common;

/// <summary>A real nginx on free loopback ports: one for HTTP, one for HTTPS with a certificate of an authority of its own, one that tells how often it was asked.</summary>
public sealed class NginxTarget : IAsyncDisposable
{
    private readonly Process _nginx;
    private readonly string _folder;
    private readonly Uri _status;
    private readonly HttpClient _client = new();

    private NginxTarget(Process nginx, string folder, int[] ports)
    {
        (_nginx, _folder) = (nginx, folder);
        Http = new Uri($"http://127.0.0.1:{ports[0]}/");
        Https = new Uri($"https://localhost:{ports[1]}/");
        _status = new Uri($"http://127.0.0.1:{ports[2]}/");
    }

    /// <summary>Without encryption.</summary>
    public Uri Http { get; }

    /// <summary>With TLS.</summary>
    public Uri Https { get; }

    /// <summary>The PEM file of the authority.</summary>
    public string Authority => Path.Combine(_folder, "authority.pem");

    /// <summary>How many requests it has had. Asking is one more.</summary>
    public async Task<long> RequestsAsync()
    {
        // Its third line: accepted, handled, requests.
        var lines = (await _client.GetStringAsync(_status)).Split('\n');
        return long.Parse(lines[2].Split(' ', StringSplitOptions.RemoveEmptyEntries)[2], CultureInfo.InvariantCulture);
    }

    /// <summary>Starts it, and waits until it answers.</summary>
    public static async Task<NginxTarget> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("torch-bench-nginx-").FullName;
        MakeCertificates(folder);
        var ports = FreePorts(3);
        await File.WriteAllTextAsync(Path.Combine(folder, "nginx.conf"), Configuration(folder, ports));
        var start = new ProcessStartInfo("nginx", ["-p", folder, "-c", Path.Combine(folder, "nginx.conf")]);
        var target = new NginxTarget(Process.Start(start)!, folder, ports);
        await target.UntilUpAsync();
        return target;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Processes.EndAsync(_nginx);
        Directory.Delete(_folder, recursive: true);
    }

    private async Task UntilUpAsync()
    {
        for (var tries = 0; tries < 100; tries++)
        {
            try
            {
                _ = await RequestsAsync();
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50);
            }
        }
        throw new InvalidOperationException("nginx does not come up");
    }

    private static string Configuration(string folder, int[] ports) =>
        $$"""
            daemon off; master_process off; pid {{folder}}/nginx.pid; error_log {{folder}}/error.log;
            events { worker_connections 4096; }
            http {
              access_log off; client_body_temp_path {{folder}}/body; proxy_temp_path {{folder}}/proxy;
              fastcgi_temp_path {{folder}}/fastcgi; uwsgi_temp_path {{folder}}/uwsgi; scgi_temp_path {{folder}}/scgi;
              server { listen 127.0.0.1:{{ports[0]}} backlog=4096; location / { return 200 "all is well\n"; } }
              server {
                listen 127.0.0.1:{{ports[1]}} ssl backlog=4096;
                ssl_certificate {{folder}}/server.pem; ssl_certificate_key {{folder}}/server.key;
                location / { return 200 "all is well\n"; }
              }
              server { listen 127.0.0.1:{{ports[2]}}; location / { stub_status; } }
            }
            """;

    // An authority and a certificate below it, as in life: a chain has to be built to trust it.
    private static void MakeCertificates(string folder)
    {
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var root = new CertificateRequest("CN=Torch benchmark authority", rootKey, HashAlgorithmName.SHA256);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = root.CreateSelfSigned(from, to);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var leaf = request.Create(authority, from, to.AddDays(-1), RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(Path.Combine(folder, "authority.pem"), authority.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "server.pem"), leaf.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "server.key"), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Ports on which nobody listens.</summary>
    public static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners)
            listener.Start();
        var ports = listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners)
            listener.Dispose();
        return ports;
    }
}
