using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.Options;

namespace Store.Api.Hooks;

[AttributeUsage(AttributeTargets.Class)]
public sealed class LemonSignatureAttribute() : TypeFilterAttribute(typeof(Filter))
{
    private sealed class Filter(IOptions<LemonOptions> options) : IAsyncResourceFilter
    {
        public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
        {
            var request = context.HttpContext.Request;
            request.EnableBuffering(bufferThreshold: 64 * 1024, bufferLimit: 512 * 1024);

            var key = Encoding.UTF8.GetBytes(options.Value.SigningSecret);
            var expected = await HMACSHA256.HashDataAsync(key, request.Body, context.HttpContext.RequestAborted);
            request.Body.Position = 0;

            if (!TryReadHex(request.Headers["X-Signature"], out var given)
                || !CryptographicOperations.FixedTimeEquals(expected, given))
            {
                context.Result = new UnauthorizedResult();
                return;
            }
            await next();
        }

        private static bool TryReadHex(string? value, out byte[] bytes)
        {
            bytes = [];
            if (value is null || value.Length != 64) return false;
            try
            {
                bytes = Convert.FromHexString(value);
                return true;
            }
            catch (FormatException)
            {
                return false;
            }
        }
    }
}
