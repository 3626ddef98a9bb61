{{- define "orderlink.labels" -}}
app.kubernetes.io/name: orderlink
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
{{ include "orderlink.selector" . }}
{{- end }}

{{/* What a Deployment, its Service and its policies mean by "these pods". */}}
{{- define "orderlink.selector" -}}
app.kubernetes.io/instance: {{ .root.Release.Name }}
orderlink/service: {{ .service }}
orderlink/process: {{ .process }}
{{- end }}

{{- define "orderlink.image" -}}
{{ .root.Values.image.registry }}/{{ .service }}:{{ .root.Values.image.tag | default .root.Chart.AppVersion }}
{{- end }}

{{- define "orderlink.peers" -}}
{{- $peers := dict -}}
{{- range $name, $_ := .root.Values.services -}}
{{- $_ := set $peers $name (printf "http://%s-%s-web:8000" $.root.Release.Name $name) -}}
{{- end -}}
{{- $peers | toJson -}}
{{- end }}

{{/* The environment of a service's pods; secrets by reference, never by value. */}}
{{- define "orderlink.env" -}}
{{- $own := get .root.Values.services .service -}}
- {name: SERVICE, value: {{ .service | quote }}}
- {name: ORDERLINK_ENV, value: {{ .root.Values.environment | quote }}}
- {name: PUBLIC_URL, value: {{ .root.Values.publicUrl | quote }}}
- {name: PEERS, value: {{ include "orderlink.peers" . | quote }}}
- {name: WEB_HOST, value: "0.0.0.0"}
- {name: WEB_PORT, value: "8000"}
- {name: WORKER_PORT, value: "9100"}
- {name: MEDIA_ROOT, value: /media}
- {name: MEDIA_URL, value: /media}
- {name: TMPDIR, value: /var/tmp}
{{- if .root.Values.tracing.endpoint }}
- {name: OTEL_EXPORTER_OTLP_ENDPOINT, value: {{ .root.Values.tracing.endpoint | quote }}}
{{- end }}
{{- range $name, $value := $own.env }}
- {name: {{ $name }}, value: {{ $value | quote }}}
{{- end }}
{{- range list "SECRET_KEY" "SERVICE_PUBLIC_KEYS" "BROKER_URL" "CACHE_URL" }}
- {name: {{ . }}, valueFrom: {secretKeyRef: {name: {{ $.root.Values.commonSecret }}, key: {{ . }}}}}
{{- end }}
{{- range concat (list "DATABASE_URL" "SERVICE_PRIVATE_KEY") $own.secrets }}
- {name: {{ . }}, valueFrom: {secretKeyRef: {name: {{ $own.secret }}, key: {{ . }}}}}
{{- end }}
{{- end }}

{{- define "orderlink.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: {type: RuntimeDefault}
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "orderlink.spread" -}}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "orderlink.selector" . | nindent 8 }}
{{- end }}

{{- define "orderlink.container" -}}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
{{- end }}

{{- define "orderlink.mediaClaim" -}}
{{ .Values.media.claim | default (printf "%s-media" .Release.Name) }}
{{- end }}

{{- define "orderlink.volumes" -}}
- {name: tmp, emptyDir: {medium: Memory, sizeLimit: 64Mi}}
- {name: var-tmp, emptyDir: {sizeLimit: 2Gi}}
- {name: media, persistentVolumeClaim: {claimName: {{ include "orderlink.mediaClaim" .root }}}}
{{- end }}

{{- define "orderlink.mounts" -}}
- {name: tmp, mountPath: /tmp}
- {name: var-tmp, mountPath: /var/tmp}
- {name: media, mountPath: /media}
{{- end }}
